package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ModelEvent;
import io.agentos.spi.ModelListener;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The transport that all providers share: pooled connections, deadlines, answers of bounded size,
 * streams of events, and what went wrong as an error code.
 *
 * <p>Makes each call once, follows no redirect and keeps no cookie. A call that is given up closes
 * its socket at once; over HTTP/2, where other calls share the socket, it resets its stream.
 *
 * <p>The listener hears {@link ModelEvent.Limits} of good answers and bad ones, {@link
 * ModelEvent.Started} at the good head of a stream, and {@link ModelEvent.Unsettled} before a
 * failure is thrown that the provider may charge: one after the call went out, unless an error
 * status answered it.
 *
 * <p>Thread-safe. {@link #close} cuts running calls.
 */
public final class ProviderHttp implements AutoCloseable {
  /** The largest answer that is read in one piece. */
  public static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

  /** The largest call that is sent. */
  public static final int CALL_BYTES_MAX = 32 * 1024 * 1024;

  private final ProviderEndpoint endpoint;
  private final InstantSource clock;
  private final Transport transport;

  public ProviderHttp(ProviderEndpoint endpoint) {
    this(endpoint, InstantSource.system());
  }

  ProviderHttp(ProviderEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.transport = Transport.to(endpoint.baseUrl(), endpoint.timeouts().connect());
  }

  /**
   * Makes one call and returns what the reader understands of its whole answer. Blocks; an
   * interrupt closes the connection, and the thread stays interrupted.
   *
   * @throws AgentOsException as {@link io.agentos.spi.ModelProvider#complete} promises
   */
  public <T> T post(ProviderCall call, ModelListener listener, AnswerReader<T> reader) {
    return new Attempt(endpoint, call, listener, clock)
        .run(
            transport,
            "application/json",
            endpoint.timeouts().total(),
            reader::seen,
            (head, body) -> {
              checkPlain(head);
              return reader.read(body.whole(head));
            });
  }

  /**
   * Makes one call, hands each event of its answer to the handler until that has all, and returns
   * the head of the answer. Blocks, and is interrupted, like {@link #post}.
   *
   * @throws AgentOsException as {@link io.agentos.spi.ModelProvider#stream} promises: a stream that
   *     ends, is cut or falls silent before the handler has all is PROVIDER_UNAVAILABLE
   */
  public ProviderAnswer stream(ProviderCall call, ModelListener listener, EventHandler handler) {
    ProviderTimeouts timeouts = endpoint.timeouts();
    return new Attempt(endpoint, call, listener, clock)
        .run(
            transport,
            "text/event-stream",
            timeouts.firstByte(),
            handler::seen,
            (head, body) -> {
              if (isPage(head)) {
                throw head.broken("a web page");
              }
              if (!type(head).startsWith("application/json")) {
                listener.on(new ModelEvent.Started(head.requestId()));
              }
              body.events(head, handler, timeouts.idle());
              return head;
            });
  }

  /** Cuts running calls and closes all connections. */
  @Override
  public void close() {
    transport.close();
  }

  /** A page or a stream is never the answer to a plain call; no need to read it to the end. */
  private static void checkPlain(ProviderAnswer head) {
    if (isPage(head)) {
      throw head.broken("a web page");
    }
    if (type(head).startsWith("text/event-stream")) {
      throw head.broken("an event stream");
    }
  }

  private static boolean isPage(ProviderAnswer head) {
    return type(head).startsWith("text/html");
  }

  private static String type(ProviderAnswer head) {
    return head.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
  }
}
