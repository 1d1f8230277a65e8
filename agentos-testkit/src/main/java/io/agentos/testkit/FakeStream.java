package io.agentos.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One streamed answer of a {@link FakeConnection}, each event in a chunk and a packet of its own.
 */
final class FakeStream {
  private static final byte[] END = FakeConnection.utf8("0\r\n\r\n");
  private static final String GARBAGE = "data: {\"garbage\": [1, 2\n\n";
  private static final byte[] BAD_UTF8 =
      "data: {\"é\":1}\n\n".getBytes(StandardCharsets.ISO_8859_1);

  private final FakeModelServer server;
  private final Socket socket;
  private final ReceivedCall call;
  private final OutputStream out;

  FakeStream(FakeModelServer server, Socket socket, ReceivedCall call) throws IOException {
    this.server = server;
    this.socket = socket;
    this.call = call;
    this.out = socket.getOutputStream();
  }

  /** Streams the whole reply; the connection can serve another call. */
  boolean all(FakeStep.Reply reply) throws IOException {
    begin();
    send(events(reply));
    return end();
  }

  boolean play(FakeStep.Streamed step) throws IOException {
    List<String> events = events(step.reply());
    List<String> before = events.subList(0, step.events());
    List<String> after = events.subList(step.events(), events.size());
    begin();
    send(before);
    return switch (step.fault()) {
      case END -> end();
      case BREAK -> {
        write(FakeConnection.utf8("ffff\r\ndata: "));
        yield false;
      }
      case STALL -> FakeConnection.awaitClose(socket, server, call);
      case DOUBLE -> {
        send(before.subList(Math.max(0, before.size() - 1), before.size()));
        send(after);
        yield end();
      }
      case GARBAGE -> {
        send(List.of(GARBAGE));
        send(after);
        yield end();
      }
      case BAD_UTF8 -> {
        write(FakeConnection.chunk(BAD_UTF8));
        send(after);
        yield end();
      }
      case ENDLESS -> forEver(before.getLast());
    };
  }

  boolean play(FakeStep.StreamedError step) throws IOException {
    begin();
    send(events(step.reply()).subList(0, step.events()));
    send(List.of(server.dialect().errorEvent(step.failure())));
    return end();
  }

  boolean play(FakeStep.Slow step) throws IOException {
    begin();
    for (String event : events(step.reply())) {
      if (closedWithin(step)) {
        return FakeConnection.closed(server, call);
      }
      send(step.pings() ? List.of(server.dialect().ping(), event) : List.of(event));
    }
    return end();
  }

  private boolean forEver(String event) {
    byte[] chunk = FakeConnection.chunk(FakeConnection.utf8(event.repeat(100)));
    try {
      while (true) {
        write(chunk);
      }
    } catch (IOException e) {
      return FakeConnection.closed(server, call);
    }
  }

  /** Whether the client closes within the pause; a client that waits has nothing to say. */
  private boolean closedWithin(FakeStep.Slow step) throws IOException {
    socket.setSoTimeout((int) step.pause().toMillis());
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private List<String> events(FakeStep.Reply reply) {
    return server.dialect().events(reply, call.number());
  }

  private void begin() throws IOException {
    write(
        FakeConnection.utf8(
            FakeConnection.head(200, "text/event-stream; charset=utf-8", FakeConnection.REQUEST_ID)
                + "transfer-encoding: chunked\r\n\r\n"));
  }

  private void send(List<String> events) throws IOException {
    for (String event : events) {
      write(FakeConnection.chunk(FakeConnection.utf8(event)));
    }
  }

  private boolean end() throws IOException {
    write(END);
    return true;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    server.sent(bytes.length);
  }
}
