package io.agentos.server.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Adds a key to each request on its way to a server, for programs that know of none. All else, Host
 * and Origin among it, goes through as it came; each connection serves one request.
 */
final class KeyProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final URI server;
  private final String key;

  private KeyProxy(ServerSocket socket, URI server, String key) {
    this.socket = socket;
    this.server = server;
    this.key = key;
  }

  static KeyProxy before(URI server, String key) throws IOException {
    KeyProxy proxy =
        new KeyProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), server, key);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket behind = new Socket(server.getHost(), server.getPort())) {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      out.write(withKey(head(in)).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      Thread.ofVirtual().start(() -> copy(in, out));
      behind.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // One side went away; the other sees it.
    }
  }

  private String withKey(String head) {
    StringBuilder kept = new StringBuilder();
    for (String line : head.strip().split("\r\n", -1)) {
      if (!line.toLowerCase(Locale.ROOT).startsWith("connection:")) {
        kept.append(line).append("\r\n");
      }
    }
    return kept + "Authorization: Bearer " + key + "\r\nConnection: close\r\n\r\n";
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() > 64 * 1024) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void copy(InputStream in, OutputStream out) {
    try {
      in.transferTo(out);
    } catch (IOException e) {
      // One side went away; the other sees it.
    }
  }
}
