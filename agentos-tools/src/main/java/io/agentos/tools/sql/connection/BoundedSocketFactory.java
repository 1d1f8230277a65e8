package io.agentos.tools.sql.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that refuse to read on after so many bytes. PostgreSQL's driver keeps all notices
 * of a statement in memory, and a server (or the SQL it runs) can send any number of them.
 *
 * <p>Public because the driver makes it by name.
 */
public final class BoundedSocketFactory extends SocketFactory {
  /** The most bytes a server may send on one connection. */
  static final long BYTES_MAX = 128L * 1024 * 1024;

  private final @Nullable InetAddress only;

  /**
   * @param only the one address to connect to, as text, whatever the driver looked up; null for
   *     wherever the driver says
   */
  public BoundedSocketFactory(@Nullable String only) {
    this.only = only == null ? null : InetAddress.ofLiteral(only);
  }

  @Override
  public Socket createSocket() {
    return new BoundedSocket(only);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("the driver connects sockets itself");
  }

  private static final class BoundedSocket extends Socket {
    private final @Nullable InetAddress only;

    BoundedSocket(@Nullable InetAddress only) {
      this.only = only;
    }

    @Override
    public void connect(SocketAddress wanted, int timeoutMillis) throws IOException {
      SocketAddress goal =
          only != null && wanted instanceof InetSocketAddress named
              ? new InetSocketAddress(only, named.getPort())
              : wanted;
      super.connect(goal, timeoutMillis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new BoundedStream(super.getInputStream());
    }
  }

  private static final class BoundedStream extends FilterInputStream {
    private long left = BYTES_MAX;

    BoundedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new TooMuchSentException(BYTES_MAX);
      }
    }
  }
}
