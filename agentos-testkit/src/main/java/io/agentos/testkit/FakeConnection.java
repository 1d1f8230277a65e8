package io.agentos.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One connection of a {@link FakeModelServer}: answers calls until either side has had enough. */
final class FakeConnection {
  private static final int IDLE_MILLIS_MAX = 60_000;
  static final Map<String, String> REQUEST_ID = Map.of("x-request-id", "req_fake");
  private static final byte[] ENDLESS_CHUNK = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);

  private final FakeModelServer server;
  private final Socket socket;

  FakeConnection(FakeModelServer server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Serves the connection to its end; a client that goes away is nothing unusual. */
  void serve() throws IOException {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        socket.setSoTimeout(IDLE_MILLIS_MAX);
        Optional<FakeRequest> request = FakeRequest.read(in);
        if (request.isEmpty()) {
          return;
        }
        ReceivedCall call = server.received(request.get());
        if (!played(call)) {
          return;
        }
      }
    }
  }

  /** Whether the connection can serve another call; a client may go away while it is written to. */
  private boolean played(ReceivedCall call) throws IOException {
    try {
      return play(server.next(call), call);
    } catch (IOException e) {
      closed(server, call);
      throw e;
    }
  }

  /** Does what the step says; whether the connection can serve another call. */
  private boolean play(FakeStep step, ReceivedCall call) throws IOException {
    return switch (step) {
      case FakeStep.Reply reply ->
          streams(call)
              ? new FakeStream(server, socket, call).all(reply)
              : answer(200, "application/json", body(reply, call), REQUEST_ID);
      case FakeStep.Streamed streamed -> new FakeStream(server, socket, call).play(streamed);
      case FakeStep.StreamedError failed -> new FakeStream(server, socket, call).play(failed);
      case FakeStep.Slow slow -> new FakeStream(server, socket, call).play(slow);
      case FakeStep.Failure failure ->
          answer(
              failure.status(),
              "application/json",
              utf8(server.dialect().failure(failure)),
              failure.headers());
      case FakeStep.Raw raw -> answer(raw.status(), raw.contentType(), bytes(raw), raw.headers());
      case FakeStep.Cut(FakeStep.Reply reply, double part) -> {
        byte[] body = body(reply, call);
        sendPart(call, body, (int) (body.length * part));
        yield false;
      }
      case FakeStep.Stall(FakeStep.Reply reply) -> {
        byte[] body = body(reply, call);
        sendPart(call, body, body.length / 2);
        yield awaitClose(socket, server, call);
      }
      case FakeStep.Hang() -> awaitClose(socket, server, call);
      case FakeStep.Reset() -> {
        socket.setSoLinger(true, 0);
        yield false;
      }
      case FakeStep.Endless(String contentType) -> sendForEver(contentType, call);
    };
  }

  private boolean answer(int status, String contentType, byte[] body, Map<String, String> headers)
      throws IOException {
    send(head(status, contentType, headers) + "content-length: " + body.length + "\r\n\r\n", body);
    return true;
  }

  private void sendPart(ReceivedCall call, byte[] body, int length) throws IOException {
    byte[] part = new byte[length];
    System.arraycopy(body, 0, part, 0, length);
    String type = streams(call) ? "text/event-stream" : "application/json";
    send(head(200, type, Map.of()) + "content-length: " + body.length + "\r\n\r\n", part);
  }

  private boolean sendForEver(String contentType, ReceivedCall call) {
    try {
      send(
          head(200, contentType, Map.of()) + "transfer-encoding: chunked\r\n\r\n",
          chunk(utf8("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"")));
      byte[] chunk = chunk(ENDLESS_CHUNK);
      while (true) {
        socket.getOutputStream().write(chunk);
        server.sent(chunk.length);
      }
    } catch (IOException e) {
      return closed(server, call);
    }
  }

  /** Waits until the client closes; no further call can be served. */
  static boolean awaitClose(Socket socket, FakeModelServer server, ReceivedCall call) {
    try {
      socket.setSoTimeout(0);
      while (socket.getInputStream().read() >= 0) {
        // A client that has sent its whole request has nothing more to say.
      }
      return closed(server, call);
    } catch (IOException e) {
      return closed(server, call);
    }
  }

  static boolean closed(FakeModelServer server, ReceivedCall call) {
    if (!server.closing()) {
      call.closedByClient();
    }
    return false;
  }

  private void send(String head, byte[] body) throws IOException {
    byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, body.length);
    OutputStream out = socket.getOutputStream();
    out.write(all);
    out.flush();
    server.sent(all.length);
  }

  private byte[] body(FakeStep.Reply reply, ReceivedCall call) {
    return streams(call)
        ? utf8(String.join("", server.dialect().events(reply, call.number())))
        : utf8(server.dialect().reply(reply, call.number()));
  }

  private boolean streams(ReceivedCall call) {
    return server.dialect().streams(call.path(), call.body());
  }

  private static byte[] bytes(FakeStep.Raw raw) {
    ByteBuffer buffer = raw.body();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static String head(int status, String contentType, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("content-type: ").append(contentType).append("\r\n").toString();
  }

  static byte[] chunk(byte[] content) {
    byte[] head = utf8(Integer.toHexString(content.length) + "\r\n");
    byte[] chunk = new byte[head.length + content.length + 2];
    System.arraycopy(head, 0, chunk, 0, head.length);
    System.arraycopy(content, 0, chunk, head.length, content.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
