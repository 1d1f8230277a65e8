package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.agentos.runtime.identity.Role;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks over HTTP, with the reference library as the other side. */
final class WebhooksTest {
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
  void receive_asTheLibrarySigns_makesOneTask() {
    Reply source = source(",\"input\":{\"text\":\"${payload.river}\",\"payload\":\"${payload}\"}");
    String path = source.text("path");
    Map<String, String> headers = signed(source.text("secret"), "msg_1", Instant.now(), BODY);

    Reply first = deliver(api.port(), path, headers, BODY);
    Reply second = deliver(api.port(), path, headers, BODY);

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text("task")).isEqualTo(first.text("task"));
    Reply task = api.client().get("/v1/tasks/" + first.text("task"));
    assertThat(task.json().at("/input/text").asString()).isEqualTo("Wye");
    assertThat(task.json().at("/input/payload/type").asString()).isEqualTo("otter.seen");
    assertThat(task.json().at("/labels/webhook-source").asString()).isEqualTo(source.text("id"));
  }

  @Test
  void receive_onTwoNodesAtOnce_makesOneTask() throws InterruptedException {
    Reply source = source("");
    Map<String, String> headers = signed(source.text("secret"), "msg_2", Instant.now(), BODY);
    Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    try (HttpApi other = api.another()) {
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int port = i % 2 == 0 ? api.port() : other.port();
        senders.add(
            Thread.ofVirtual()
                .start(() -> replies.add(deliver(port, source.text("path"), headers, BODY))));
      }
      for (Thread sender : senders) {
        sender.join();
      }
    }

    assertThat(replies).hasSize(10);
    assertThat(replies.stream().filter(reply -> reply.status() == 202)).hasSize(1);
    assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(9);
    assertThat(replies.stream().map(reply -> reply.text("task")).distinct()).hasSize(1);
  }

  @Test
  void receive_refused_sameBytesWhateverIsWrong() {
    Reply source = source("");
    String path = source.text("path");
    String secret = source.text("secret");
    String absent = path.substring(0, path.length() - 4) + "0000";
    Instant now = Instant.now();
    List<Reply> refused = new ArrayList<>();
    Map<String, String> good = signed(secret, "msg_3", now, BODY);
    refused.add(deliver(api.port(), path, good, BODY + " "));
    refused.add(deliver(api.port(), path, Map.of(), BODY));
    refused.add(deliver(api.port(), path, signed(secret, "a.b", now, BODY), BODY));
    refused.add(
        deliver(api.port(), path, signed(secret, "msg_4", now.minusSeconds(305), BODY), BODY));
    refused.add(
        deliver(api.port(), path, signed(secret, "msg_5", now.plusSeconds(305), BODY), BODY));
    refused.add(deliver(api.port(), absent, good, BODY));
    refused.add(deliver(api.port(), "/v1/hooks/nonsense", good, BODY));

    for (Reply reply : refused) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(
              reply
                  .body()
                  .replaceAll("\"instance\":\"[^\"]*\"", "")
                  .replaceAll("\"request_id\":\"[^\"]*\"", ""))
          .isEqualTo(
              "{\"type\":\"urn:agentos:error:webhook-refused\",\"title\":\"Webhook"
                  + " refused\",\"status\":401,\"detail\":\"The delivery is"
                  + " refused.\",,\"code\":\"WEBHOOK_REFUSED\",}");
      assertThat(reply.headers().map().keySet())
          .isEqualTo(refused.getFirst().headers().map().keySet());
    }
  }

  @Test
  void receive_headerThatComesTwice_isRefused() throws IOException {
    Reply source = source("");
    Map<String, String> headers = signed(source.text("secret"), "msg_6", Instant.now(), BODY);
    try (RawConnection connection = RawConnection.to(api)) {
      StringBuilder head = new StringBuilder("POST " + source.text("path") + " HTTP/1.1\r\n");
      head.append("Host: a\r\nContent-Length: " + BODY.length() + "\r\nwebhook-id: msg_other\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      connection.send(head + "\r\n" + BODY);
      assertThat(connection.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void receive_largeOrEncodedBody_isRefusedForAllAlike() {
    Reply source = source("");
    String large = "x".repeat(1024 * 1024 + 1);
    for (String path : List.of(source.text("path"), "/v1/hooks/nonsense")) {
      assertThat(deliver(api.port(), path, Map.of(), large).status()).isEqualTo(413);
      assertThat(deliver(api.port(), path, Map.of("Content-Encoding", "gzip"), BODY).status())
          .isEqualTo(415);
      assertThat(deliver(api.port(), path, Map.of("Content-Type", "text/plain"), BODY).status())
          .isEqualTo(401);
    }
  }

  @Test
  void sources_listRotateDelete() {
    Reply source = source(",\"type\":null");
    String id = source.text("id");
    Reply rotated =
        api.client().post("/v1/webhook-sources/" + id + "/rotate", "{\"overlap\":\"PT1H\"}");
    Instant now = Instant.now();

    assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(source.text("secret"));
    for (Reply reply : List.of(source, rotated)) {
      assertThat(
              deliver(
                      api.port(),
                      source.text("path"),
                      signed(reply.text("secret"), "m" + reply.status(), now, BODY),
                      BODY)
                  .status())
          .isEqualTo(202);
    }
    assertThat(api.client().get("/v1/webhook-sources").body())
        .contains(id)
        .doesNotContain("whsec_");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete("/v1/webhook-sources/" + id).status())
        .isEqualTo(404);
    assertThat(api.client().delete("/v1/webhook-sources/" + id).status()).isEqualTo(204);
    assertThat(api.client().delete("/v1/webhook-sources/" + id).status()).isEqualTo(404);
    assertThat(
            deliver(
                    api.port(),
                    source.text("path"),
                    signed(rotated.text("secret"), "m9", now, BODY),
                    BODY)
                .status())
        .isEqualTo(401);
  }

  @Test
  void sources_wrongFields_areNamed() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "{\"name\":\"a\",\"scheme\":\"stripe\"}", "secret",
                "{\"name\":\"a\",\"scheme\":\"twilio\",\"secret\":\"0123456789abcdef\"}", "url",
                "{\"name\":\"a\",\"scheme\":\"standard\",\"secret\":\"whsec_short\"}", "secret",
                "{\"name\":\"a\",\"scheme\":\"github\",\"secret\":\"short\"}", "secret",
                "{\"name\":\"a\",\"scheme\":\"github\",\"encoding\":\"hex\"}", "encoding",
                "{\"name\":\"a\",\"scheme\":\"github\",\"input\":\"${env.HOME}\"}", "input",
                "{\"name\":\"a\",\"scheme\":\"github\",\"input\":5}", "input",
                "{\"name\":\"a\",\"scheme\":\"rot13\"}", "scheme",
                "{\"name\":\"a\",\"scheme\":\"github\",\"agent\":\"nobody.here\"}", "pack")
            .entrySet()) {
      Reply reply = api.client().post("/v1/webhook-sources", wrong.getKey());
      assertThat(reply.status()).as(wrong.getKey()).isEqualTo(422);
      assertThat(reply.paths()).as(wrong.getKey()).contains(wrong.getValue());
    }
  }

  @Test
  void sources_repeatedCreation_showsNoSecretAgain() {
    ApiClient client = api.client().with("Idempotency-Key", "otter-source");
    String body = "{\"name\":\"once\",\"scheme\":\"github\"}";

    Reply first = client.post("/v1/webhook-sources", body);
    Reply second = client.post("/v1/webhook-sources", body);

    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(first.text("secret")).startsWith("whsec_");
    assertThat(second.json().path("secret").isNull()).isTrue();
  }
}
