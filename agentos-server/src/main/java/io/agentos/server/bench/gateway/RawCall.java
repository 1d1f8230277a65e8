package io.agentos.server.bench.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * The bare call: bytes prepared once, sent over a kept connection, the answer only counted. What is
 * measured directly, and how Portkey is called.
 */
final class RawCall implements ModelCall {
  private static final String TOKEN_MARK = "\"content\":\"" + Answering.TOKEN;
  private static final int SILENCE_MILLIS_MAX = 60_000;

  /** Node closes connections that were idle for five seconds. */
  private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

  private record Idle(Wire wire, long since) {}

  private final URI to;
  private final byte[] request;
  private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

  RawCall(Order order) {
    this.to = order.to();
    byte[] body =
        Conversation.ofBytes(order.bodyBytes(), order.streams())
            .json()
            .getBytes(StandardCharsets.UTF_8);
    String forwarded =
        order.via().isEmpty()
            ? ""
            : "x-portkey-provider: openai\r\nx-portkey-custom-host: " + order.via() + "\r\n";
    byte[] head =
        ("POST %s%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer bench\r\n%s"
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n")
            .formatted(to.getPath(), Answering.CALL_PATH, to.getAuthority(), forwarded, body.length)
            .getBytes(StandardCharsets.ISO_8859_1);
    this.request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
  }

  @Override
  public void plain() throws IOException {
    Wire wire = sent();
    String head = answered(wire);
    if (isChunked(head)) {
      for (int size = chunkSize(wire); size > 0; size = chunkSize(wire)) {
        wire.skip(size + 2L);
      }
      wire.line();
    } else {
      wire.skip(Long.parseLong(Wire.header(head, "content-length")));
    }
    keep(wire);
  }

  @Override
  public int stream(Runnable firstToken) throws IOException {
    Wire wire = sent();
    String head = answered(wire);
    if (!isChunked(head)) {
      throw new IOException("no stream");
    }
    int tokens = 0;
    String rest = "";
    for (int size = chunkSize(wire); size > 0; size = chunkSize(wire)) {
      String text = rest + wire.text(size);
      wire.line();
      int end = text.lastIndexOf('\n') + 1;
      rest = text.substring(end);
      int more = count(text.substring(0, end), TOKEN_MARK);
      if (tokens == 0 && more > 0) {
        firstToken.run();
      }
      tokens += more;
    }
    wire.line();
    keep(wire);
    return tokens;
  }

  @Override
  public void close() {
    idle.forEach(kept -> closeQuietly(kept.wire()));
  }

  private Wire sent() throws IOException {
    Idle kept = idle.pollFirst();
    while (kept != null && System.nanoTime() - kept.since() > IDLE_NANOS_MAX) {
      closeQuietly(kept.wire());
      kept = idle.pollFirst();
    }
    Wire wire = kept == null ? connected() : kept.wire();
    wire.write(request);
    return wire;
  }

  private Wire connected() throws IOException {
    Socket socket = new Socket(to.getHost(), to.getPort());
    socket.setSoTimeout(SILENCE_MILLIS_MAX);
    return new Wire(socket);
  }

  private static String answered(Wire wire) throws IOException {
    String head = wire.head();
    if (head.isEmpty()) {
      throw new EOFException("the connection ended before the answer");
    }
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException(head.lines().findFirst().orElse(""));
    }
    return head;
  }

  private void keep(Wire wire) {
    idle.addFirst(new Idle(wire, System.nanoTime()));
  }

  private static boolean isChunked(String head) {
    return Wire.header(head, "transfer-encoding").equalsIgnoreCase("chunked");
  }

  private static int count(String text, String mark) {
    int count = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
      count++;
    }
    return count;
  }

  private static int chunkSize(Wire wire) throws IOException {
    return Integer.parseInt(wire.line(), 16);
  }

  private static void closeQuietly(Wire wire) {
    try {
      wire.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
