package io.agentos.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BoundedConnectionsTest {
  private static final String GET = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n";
  private final CountDownLatch writerEnded = new CountDownLatch(1);
  private final BoundedConnections connections =
      new BoundedConnections(
          Http1Config.create(),
          new ConnectionBounds(
              Duration.ofMillis(800),
              Duration.ofMillis(800),
              Duration.ofMillis(500),
              Duration.ofMillis(100),
              100_000));
  private final WebServer server =
      WebServer.builder()
          .host("127.0.0.1")
          .shutdownHook(false)
          .protocolsDiscoverServices(false)
          .addConnectionSelector(connections)
          .routing(routing ->
              routing
                  .get("/ok", (_, response) -> response.send("ok"))
                  .post(
                      "/read",
                      (request, response) ->
                          response.send("read " + request.content().as(byte[].class).length))
                  .post(
                      "/refuse",
                      (_, response) ->
                          response
                              .status(Status.FORBIDDEN_403)
                              .header("Connection", "close")
                              .send("no"))
                  .get(
                      "/endless",
                      (_, response) -> {
                        try (OutputStream out = response.outputStream()) {
                          byte[] block = new byte[65_536];
                          while (true) {
                            out.write(block);
                          }
                        } finally {
                          writerEnded.countDown();
                        }
                      }))
          .build();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    connections.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket, String until) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf(until) < 0) {
      int next = in.read();
      if (next < 0) {
        return text + "<end>";
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Test
  void goodRequests_areAnsweredOneAfterTheOther() throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send(socket, GET);
        assertThat(read(socket, "\r\n\r\nok")).startsWith("HTTP/1.1 200 OK");
      }
      send(socket, "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345");
      assertThat(read(socket, "read 5")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void slowRequests_areCutWhereverTheyStop() throws IOException {
    for (String begun :
        new String[] {
          "",
          "GET /ok",
          "GET /ok HTTP/1.1\r\nHost: x\r\nA: ",
          "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12",
          "POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12",
          GET
        }) {
      try (Socket socket = connect()) {
        long from = System.nanoTime();
        send(socket, begun);
        assertThat(read(socket, "<never>")).as(begun).endsWith("<end>");
        assertThat(System.nanoTime() - from).isBetween(700_000_000L, 5_000_000_000L);
      }
    }
  }

  @Test
  void tricklingRequests_areCutToo() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /ok HTTP/1.1\r\nHost: x\r\n");
      socket.setSoTimeout(50);
      long from = System.nanoTime();
      boolean open = true;
      while (open && System.nanoTime() - from < 5_000_000_000L) {
        open = isOpen(socket);
      }
      assertThat(open).isFalse();
      assertThat(System.nanoTime() - from).isBetween(500_000_000L, 5_000_000_000L);
    }
  }

  /** Sends one more byte and waits a moment for the end of the connection. */
  private static boolean isOpen(Socket socket) {
    try {
      send(socket, "a");
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void silentReader_isCut() throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      send(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(writerEnded.await(10, TimeUnit.SECONDS)).isTrue();
    }
    try (Socket socket = connect()) {
      send(socket, GET);
      assertThat(read(socket, "\r\n\r\nok")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void largeRequest_isCut() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
      send(socket, "x".repeat(200_000));
      assertThat(read(socket, "<never>")).startsWith("HTTP/1.1 413 ").endsWith("<end>");
    }
  }

  @Test
  void refusedSender_readsWhyAndIsNotTakenForAnother() throws IOException {
    try (Socket socket = connect()) {
      send(
          socket,
          "POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n" + GET.repeat(2_000));
      String answer = read(socket, "<never>");
      assertThat(answer).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\nno<end>");
    }
  }
}
