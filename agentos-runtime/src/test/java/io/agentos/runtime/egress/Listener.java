package io.agentos.runtime.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on the loopback that remembers its calls and plays one answer, bytes as given. */
final class Listener implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final Script script;

  /** What a connection does after the request's head and body were read. */
  interface Script {
    void play(Socket socket) throws IOException, InterruptedException;
  }

  Listener(Script script) {
    this(open(), script);
  }

  Listener(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread.ofVirtual().start(this::listen);
  }

  static Script says(String answer) {
    return socket -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:%d/hook".formatted(port());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        received.add(request(socket.getInputStream()));
        script.play(socket);
      } catch (IOException e) {
        // The next one, or the end.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      bytes.write(next);
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
      bytes.write(in.readNBytes(length));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
