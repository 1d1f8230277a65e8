package io.agentos.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A server that answers from a script: for each method and path the answers in order, the last one
 * again and again. What nobody scripted is a problem document with status 404.
 */
final class FakeServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

  /** What a command sent. */
  record Received(String route, String body, Map<String, String> headers) {}

  private record Answer(int status, String type, String body, Runnable before) {
    Answer(int status, String type, String body) {
      this(status, type, body, () -> {});
    }
  }

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    on("GET /livez", "{}");
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers 200 with this JSON. */
  FakeServer on(String route, String json) {
    return on(route, 200, json);
  }

  FakeServer on(String route, int status, String json) {
    return add(route, new Answer(status, "application/json", json));
  }

  /** Answers with these events and ends the stream. */
  FakeServer events(String route, String... events) {
    return add(route, new Answer(200, "text/event-stream", String.join("", events)));
  }

  /** Answers a stream without an event, after running this. */
  FakeServer onEmptyStream(String route, Runnable before) {
    return add(route, new Answer(200, "text/event-stream", "", before));
  }

  /** One event as it stands on the wire; {@code time} in milliseconds after a fixed instant. */
  static String event(int id, String type, int time, String data) {
    String at = Instant.parse("2026-11-22T10:00:00Z").plusMillis(time).toString();
    return "id: %d\nevent: %s\ndata: {\"type\": \"%s\", \"time\": \"%s\", \"data\": %s}\n\n"
        .formatted(id, type, type, at, data);
  }

  /** What came, but for the questions whether the server lives. */
  List<Received> received() {
    synchronized (received) {
      return received.stream().filter(each -> !each.route().equals("GET /livez")).toList();
    }
  }

  /** The routes of what came. */
  List<String> routes() {
    return received().stream().map(Received::route).toList();
  }

  /** The body of the first request to a route. */
  String body(String route) {
    return received().stream()
        .filter(each -> each.route().equals(route))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing came to " + route + ": " + routes()))
        .body();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private FakeServer add(String route, Answer answer) {
    answers.computeIfAbsent(route, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String route = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(new Received(route, body, headers));
      Answer answer = next(route);
      answer.before.run();
      byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer next(String route) {
    Deque<Answer> scripted = answers.get(route);
    if (scripted == null) {
      return new Answer(
          404,
          "application/problem+json",
          "{\"status\": 404, \"code\": \"NOT_FOUND\", \"detail\": \"There is no %s.\"}"
              .formatted(route));
    }
    synchronized (scripted) {
      return Objects.requireNonNull(scripted.size() > 1 ? scripted.poll() : scripted.peek());
    }
  }
}
