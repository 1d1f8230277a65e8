package io.agentos.server.bench.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server of Chat Completions that does nothing: it reads each call to its end and answers
 * as the path says, with one write per answer or token. A process of its own, on loopback only; it
 * ends when its standard input does.
 */
public final class Upstream implements Closeable {
  private static final int BACKLOG = 4_096;

  private final ServerSocket server;
  private final Map<String, Reply> byPath = new ConcurrentHashMap<>();

  private Upstream(ServerSocket server) {
    this.server = server;
  }

  /** Prints the port, a line, and serves until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (Upstream upstream = open()) {
      System.out.println(upstream.port());
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    }
  }

  /** Serves on a free port until it is closed. */
  static Upstream open() throws IOException {
    Upstream upstream = new Upstream(new ServerSocket());
    upstream.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Thread.ofPlatform().daemon().start(upstream::serve);
    return upstream;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Takes no more connections; those that are open go on. */
  @Override
  public void close() throws IOException {
    server.close();
  }

  /** How the calls of one path are answered, its bytes made before. */
  @FunctionalInterface
  private interface Reply {
    void to(Wire wire) throws IOException;
  }

  private void serve() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> converse(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        System.err.println("upstream: " + e);
      }
    }
  }

  private void converse(Socket socket) {
    try (Wire wire = new Wire(socket)) {
      String head = wire.head();
      while (!head.isEmpty()) {
        wire.skip(Long.parseLong(Wire.header(head, "content-length")));
        int path = head.indexOf(' ') + 1;
        String asked = head.substring(path, head.indexOf(' ', path));
        byPath.computeIfAbsent(asked, Upstream::reply).to(wire);
        head = wire.head();
      }
    } catch (IOException e) {
      // The caller went away, as callers do at the end of a measurement.
    } catch (NumberFormatException e) {
      System.err.println("upstream: a call without Content-Length");
    }
  }

  private static Reply reply(String path) {
    return switch (Answering.of(path)) {
      case Answering.Plain plain -> reply(plain);
      case Answering.Stream stream -> reply(stream);
    };
  }

  private static Reply reply(Answering.Plain plain) {
    long delayNanos = plain.delay().toNanos();
    byte[] response = plain.response();
    return wire -> {
      sleepUntil(System.nanoTime() + delayNanos);
      wire.write(response);
    };
  }

  private static Reply reply(Answering.Stream stream) {
    long intervalNanos = TimeUnit.SECONDS.toNanos(1) / stream.tokensPerSecond();
    byte[] head = stream.head();
    byte[] word = stream.token();
    byte[] end = stream.end();
    return wire -> {
      long next = System.nanoTime();
      wire.write(head);
      for (int token = 1; token <= stream.tokens(); token++) {
        next += intervalNanos;
        sleepUntil(next);
        wire.write(word);
      }
      wire.write(end);
    };
  }

  private static void sleepUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
