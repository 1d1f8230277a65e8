package io.agentos.server.http.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The reader and the writer of one connection, with its bounds. Used by the connection's thread.
 */
final class BoundedContext implements ConnectionContext {
  private static final int ERRORS_BEGIN = 400;

  private final ConnectionContext delegate;
  private final Guard guard;
  private final ConnectionBounds bounds;
  private final DataReader reader;
  private final DataWriter writer;
  private Runnable closeAfterAnswer = () -> {};
  private long readUntilNanos;
  private long requestBytes;
  private boolean inRequest;
  private boolean lastRequest;
  private boolean bodyAnnounced;
  private boolean refused;
  private boolean ended;

  BoundedContext(ConnectionContext delegate, Guard guard, ConnectionBounds bounds) {
    this.delegate = delegate;
    this.guard = guard;
    this.bounds = bounds;
    this.reader = DataReader.create(this::pull);
    this.writer = new BoundedWriter(delegate.dataWriter(), guard, bounds);
    readWithin(bounds.idle());
  }

  /** What to do when an answer says that it is the last. */
  void closeAfterAnswer(Runnable close) {
    closeAfterAnswer = close;
  }

  /** The first line of a request was read. */
  void requestBegins() {
    readWithin(bounds.request());
    inRequest = true;
    lastRequest = false;
    bodyAnnounced = false;
    refused = false;
  }

  /** The headers of a request were read. */
  void requestHeaders(Headers headers) {
    lastRequest = headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    bodyAnnounced =
        headers.contains(HeaderNames.CONTENT_LENGTH)
            || headers.contains(HeaderNames.TRANSFER_ENCODING);
  }

  /** An answer is about to be written. */
  void answerBegins(Status status) {
    readWithin(bounds.idle());
    refused = status.code() >= ERRORS_BEGIN;
  }

  /**
   * The headers of an answer are about to be written. Helidon leaves it to the other side to close
   * after its last answer; we do not, for what still comes would be taken for a request.
   */
  void answerHeaders(Headers headers) {
    if (inRequest && (lastRequest || headers.containsToken(HeaderValues.CONNECTION_CLOSE))) {
      closeAfterAnswer.run();
    }
    inRequest = false;
  }

  /**
   * Reads and forgets what a refused sender still sends. Closing at once would reset the
   * connection, and take the answer from the sender before it was read.
   */
  void linger() {
    if (!refused || ended || (lastRequest && !bodyAnnounced)) {
      return;
    }
    long until = System.nanoTime() + ConnectionBounds.LINGER_MAX.toNanos();
    long bytes = 0;
    try {
      while (!ended && bytes < ConnectionBounds.LINGER_BYTES_MAX && System.nanoTime() < until) {
        long pause = System.nanoTime() + bounds.linger().toNanos();
        byte[] read = read(Math.min(until, pause));
        bytes += read == null ? 0 : read.length;
      }
    } catch (RuntimeException e) {
      // The sender went away or paused for too long; the connection is closed either way.
      ended = true;
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  private byte @Nullable [] pull() {
    byte[] read = read(readUntilNanos);
    requestBytes += read == null ? 0 : read.length;
    if (requestBytes > bounds.requestBytes()) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.PAYLOAD_TOO_LARGE)
          .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
          .setKeepAlive(false)
          .message("The request is too large.")
          .build();
    }
    return read;
  }

  private byte @Nullable [] read(long deadlineNanos) {
    try {
      return guard.before(deadlineNanos, () -> delegate.dataReader().readBuffer().readBytes());
    } catch (DataReader.InsufficientDataAvailableException e) {
      ended = true;
      return null;
    }
  }

  private void readWithin(Duration time) {
    readUntilNanos = System.nanoTime() + time.toNanos();
    requestBytes = 0;
  }

  @Override
  public ListenerContext listenerContext() {
    return delegate.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return delegate.executor();
  }

  @Override
  public Router router() {
    return delegate.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return delegate.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return delegate.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return delegate.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return delegate.localPeer();
  }

  @Override
  public boolean isSecure() {
    return delegate.isSecure();
  }

  @Override
  public String socketId() {
    return delegate.socketId();
  }

  @Override
  public String childSocketId() {
    return delegate.childSocketId();
  }
}
