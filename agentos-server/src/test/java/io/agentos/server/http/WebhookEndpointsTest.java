package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Endpoints that are told of events, with a library of others as their receiver. */
final class WebhookEndpointsTest {
  private static final String BODY = "{\"type\":\"otter.seen\",\"river\":\"Wye\"}";
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.sending();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static Reply source(String more) {
    Reply reply =
        api.client()
            .post(
                "/v1/webhook-sources",
                "{\"name\":\"otters\",\"scheme\":\"standard\"%s}".formatted(more));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  private static Reply deliver(int port, String path, Map<String, String> headers, String body) {
    ApiClient sender = new ApiClient(port, "");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      sender = sender.with(header.getKey(), header.getValue());
    }
    return sender.send("POST", path, BodyPublishers.ofString(body));
  }

  private static Map<String, String> signed(String secret, String id, Instant at, String body) {
    try {
      long seconds = at.getEpochSecond();
      return Map.of(
          "webhook-id",
          id,
          "webhook-timestamp",
          String.valueOf(seconds),
          "webhook-signature",
          new Webhook(secret).sign(id, seconds, body));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endpoints_areToldOfTasks_andTheLibraryVerifiesThem() throws Exception {
    BlockingQueue<Map.Entry<Map<String, List<String>>, String>> received =
        new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(Map.entry(new HashMap<>(exchange.getRequestHeaders()), body));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%d/otters".formatted(server.getAddress().getPort());
      Reply endpoint =
          api.client()
              .post(
                  "/v1/webhook-endpoints",
                  "{\"url\":\"%s\",\"events\":[\"webhook.received\",\"task.started\"]}"
                      .formatted(url));
      assertThat(endpoint.status()).as(endpoint.body()).isEqualTo(201);
      Reply test =
          api.client().post("/v1/webhook-endpoints/" + endpoint.text("id") + "/test", "{}");
      assertThat(test.status()).isEqualTo(202);

      Map.Entry<Map<String, List<String>>, String> first = received.poll(60, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.getValue()).contains("\"type\":\"webhook.test\"");
      HttpHeaders headers = HttpHeaders.of(first.getKey(), (_, _) -> true);
      assertThatCode(
              () -> new Webhook(endpoint.text("secret")).verify(first.getValue(), headers.map()))
          .doesNotThrowAnyException();

      Reply source = source("");
      Reply delivered =
          deliver(
              api.port(),
              source.text("path"),
              signed(source.text("secret"), "msg_8", Instant.now(), BODY),
              BODY);
      List<String> bodies = new ArrayList<>();
      while (bodies.size() < 2) {
        Map.Entry<Map<String, List<String>>, String> next = received.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("after " + bodies).isNotNull();
        bodies.add(next.getValue());
      }
      assertThat(bodies)
          .anyMatch(body -> body.contains("\"type\":\"webhook.received\""))
          .anyMatch(body -> body.contains("\"type\":\"task.started\""))
          .allMatch(body -> body.contains(delivered.text("task")))
          .noneMatch(body -> body.contains("Wye"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void endpoints_inside_areRefused() {
    for (String host :
        List.of("169.254.169.254", "[::1]", "10.0.0.1", "2130706433", "0x7f.1", "127.1")) {
      Reply reply =
          api.client()
              .post(
                  "/v1/webhook-endpoints",
                  "{\"url\":\"https://%s/\",\"events\":[\"*\"]}".formatted(host));
      assertThat(reply.status()).as(host).isEqualTo(403);
      assertThat(reply.code()).isEqualTo("EGRESS_REFUSED");
    }
    Reply unknown =
        api.client()
            .post("/v1/webhook-endpoints", "{\"url\":\"https://1.1.1.1/\",\"events\":[\"otter\"]}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.paths()).containsExactly("events");
  }

  @Test
  void endpoints_listRotateDelete_deliveriesAreListed() {
    Reply endpoint =
        api.client()
            .post(
                "/v1/webhook-endpoints",
                "{\"url\":\"https://1.1.1.1/otter\",\"events\":[\"alert.firing\"],\"content\":\"facts\",\"description\":\"d\"}");
    String id = endpoint.text("id");

    assertThat(api.client().get("/v1/webhook-endpoints").body())
        .contains(id)
        .doesNotContain("whsec_");
    assertThat(api.client().post("/v1/webhook-endpoints/" + id + "/rotate", "{}").status())
        .isEqualTo(200);
    assertThat(api.client().post("/v1/webhook-endpoints/" + id + "/enable", "{}").status())
        .isEqualTo(200);
    assertThat(
            api.client()
                .get("/v1/webhook-deliveries?state=pending&endpoint=" + id)
                .json()
                .path("data")
                .isEmpty())
        .isTrue();
    assertThat(api.client().get("/v1/webhook-deliveries?endpoint=x").status()).isEqualTo(422);
    assertThat(api.client().delete("/v1/webhook-endpoints/" + id).status()).isEqualTo(204);
    assertThat(api.client().post("/v1/webhook-endpoints/" + id + "/test", "{}").status())
        .isEqualTo(404);
  }
}
