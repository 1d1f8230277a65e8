package io.agentos.tools.sql.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that refuse to read on after so many bytes. PostgreSQL's driver keeps all notices
 * of a statement in memory, and a server (or the SQL it runs) can send any number of them.
 *
 * <p>Public because the driver makes it by name.
 */
public final class BoundedSocketFactory extends SocketFactory {
  /** The most bytes a server may send on one connection. */
  static final long BYTES_MAX = 128L * 1024 * 1024;

  @Override
  public Socket createSocket() {
    return new BoundedSocket();
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
