package io.agentos.runtime.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a node and its Postgres and can cut the line: open connections end, new ones are
 * closed at once, until it is healed.
 */
final class TcpProxy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TcpProxy.class.getName());

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  TcpProxy(String host, int port) {
    target = new InetSocketAddress(host, port);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no port for the proxy", e);
    }
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Cuts the line. */
  void cut() {
    cut = true;
    open.forEach(TcpProxy::close);
  }

  /** Lets new connections through. */
  void heal() {
    cut = false;
  }

  @Override
  public void close() {
    cut();
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("the proxy does not close", e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        join(server.accept());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed, or the proxy was closed");
      }
    }
  }

  private void join(Socket near) throws IOException {
    if (cut) {
      close(near);
      return;
    }
    Socket far = new Socket();
    far.connect(target);
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
    open.add(near);
    open.add(far);
    if (cut) {
      close(near);
      close(far);
    }
    Thread.ofVirtual().start(() -> copy(near, far));
    Thread.ofVirtual().start(() -> copy(far, near));
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[65_536];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the line was cut");
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "it is gone already");
    }
  }
}
