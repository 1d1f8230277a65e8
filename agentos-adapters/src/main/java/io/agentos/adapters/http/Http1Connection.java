package io.agentos.adapters.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * One kept connection without TLS, as bytes. An interrupt closes it.
 *
 * <p>One call at a time; {@link #close} from any thread.
 */
final class Http1Connection implements Closeable {
  private static final int BUFFER_BYTES = 8 * 1024;

  /** What is sent by one system call, so that the JDK's buffers beneath stay small. */
  private static final int WRITE_BYTES_MAX = 128 * 1024;

  private final SocketChannel channel;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long idleSince = System.nanoTime();

  private Http1Connection(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.in = channel.socket().getInputStream();
  }

  /** Connects; of a name with several addresses to the first. */
  static Http1Connection to(String host, int port, Duration atMost)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().setTcpNoDelay(true);
      channel.socket().connect(address, millis(atMost));
      return new Http1Connection(channel);
    } catch (SocketTimeoutException e) {
      channel.close();
      throw new HttpConnectTimeoutException("not connected in time");
    } catch (IOException e) {
      channel.close();
      throw interrupted(e);
    }
  }

  long idleNanos() {
    return System.nanoTime() - idleSince;
  }

  void idleFromNow() {
    idleSince = System.nanoTime();
  }

  /** Whether the other side may still listen: it has neither closed nor said anything unasked. */
  boolean isQuiet() {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.wrap(buffer, 0, 1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends head and body.
   *
   * @throws HttpTimeoutException when the other side did not take them in time
   */
  void send(byte[] head, ByteBuffer body, Deadline deadline)
      throws IOException, InterruptedException {
    ByteBuffer rest = body.duplicate();
    ByteBuffer first =
        ByteBuffer.allocate(Math.min(WRITE_BYTES_MAX, head.length + rest.remaining()));
    first.put(head, 0, Math.min(head.length, first.remaining()));
    put(rest, first);
    write(first.flip(), deadline);
    while (rest.hasRemaining()) {
      ByteBuffer next = rest.slice(rest.position(), Math.min(WRITE_BYTES_MAX, rest.remaining()));
      rest.position(rest.position() + next.remaining());
      write(next, deadline);
    }
  }

  /** How many bytes have come and were not taken. */
  int available() {
    return to - from;
  }

  /** The byte at {@code offset} of those that are {@link #available}. */
  byte peek(int offset) {
    return buffer[from + offset];
  }

  /** Takes up to {@code atMost} of the available bytes; they are good until the next fill. */
  ByteBuffer take(long atMost) {
    int count = (int) Math.min(atMost, available());
    ByteBuffer taken = ByteBuffer.wrap(buffer, from, count);
    from += count;
    return taken;
  }

  /** Takes {@code count} available bytes as Latin-1 text. */
  String takeText(int count) {
    String text = new String(buffer, from, count, StandardCharsets.ISO_8859_1);
    from += count;
    return text;
  }

  /**
   * Waits for more bytes; false at the end of the connection, or when no more fit.
   *
   * @throws HttpTimeoutException when none came in time
   */
  boolean fill(Deadline deadline) throws IOException, InterruptedException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      return false;
    }
    try {
      channel.socket().setSoTimeout(millis(deadline.left()));
      int count = in.read(buffer, to, buffer.length - to);
      to += Math.max(0, count);
      return count >= 0;
    } catch (SocketTimeoutException e) {
      throw new HttpTimeoutException("no byte in time");
    } catch (IOException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing left to do with it.
    }
  }

  private static void put(ByteBuffer rest, ByteBuffer target) {
    int count = Math.min(rest.remaining(), target.remaining());
    target.put(target.position(), rest, rest.position(), count);
    target.position(target.position() + count);
    rest.position(rest.position() + count);
  }

  /** Mostly all fits into the system's buffer at once; only else somebody must watch the time. */
  private void write(ByteBuffer bytes, Deadline deadline) throws IOException, InterruptedException {
    try {
      channel.configureBlocking(false);
      try {
        channel.write(bytes);
      } finally {
        channel.configureBlocking(true);
      }
      if (bytes.hasRemaining()) {
        writeWatched(bytes, deadline);
      }
    } catch (IOException e) {
      if (!deadline.left().isPositive()) {
        throw new HttpTimeoutException("the call was not taken in time");
      }
      throw interrupted(e);
    }
  }

  private void writeWatched(ByteBuffer bytes, Deadline deadline) throws IOException {
    Thread writer = Thread.currentThread();
    Thread watch =
        Thread.startVirtualThread(() -> {
          while (!Thread.currentThread().isInterrupted() && writer.isAlive()) {
            long left = deadline.left().toNanos();
            if (left <= 0) {
              close();
              return;
            }
            LockSupport.parkNanos(left);
          }
        });
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      watch.interrupt();
    }
  }

  /** What to throw for a failure: an interrupt closes the channel, and is told as one. */
  private static IOException interrupted(IOException cause) throws InterruptedException {
    if (Thread.interrupted()) {
      InterruptedException interrupt = new InterruptedException("the connection was given up");
      interrupt.initCause(cause);
      throw interrupt;
    }
    return cause;
  }

  /** At least 1: to sockets, 0 is for ever. */
  private static int millis(Duration time) {
    return Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }
}
