package io.agentos.server.mcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The reference server over streamable HTTP, on a free port of this machine. */
final class ReferenceServer implements AutoCloseable {
  private static final long READY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final int port;

  private ReferenceServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ReferenceServer start(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(Peers.node(), Peers.script("server-everything"), "streamableHttp")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("everything.log").toFile());
    builder.environment().put("PORT", String.valueOf(port));
    ReferenceServer server = new ReferenceServer(builder.start(), port);
    server.awaitReady();
    return server;
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/mcp".formatted(port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitReady() {
    long until = System.nanoTime() + READY_NANOS_MAX;
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > until) {
          close();
          throw new AssertionError("the reference server does not listen", e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }
}
