package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void fiftyAtOnce_makeOneTask() throws Exception {
    String body = "{\"input\":\"await\",\"labels\":{\"race\":\"1\"}}";
    ApiClient client = api.client().with("Idempotency-Key", "race");
    Callable<Reply> submit = () -> client.post("/v1/tasks", body);
    List<Reply> replies;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      replies =
          threads.invokeAll(Stream.generate(() -> submit).limit(50).toList()).stream()
              .map(IdempotencyTest::result)
              .toList();
    }
    assertThat(replies).extracting(Reply::status).containsOnly(202);
    assertThat(replies).extracting(Reply::body).containsOnly(replies.getFirst().body());
    assertThat(replies.stream().filter(reply -> reply.header("Idempotent-Replayed").isEmpty()))
        .hasSize(1);
    assertThat(api.client().get("/v1/tasks?label=race=1").json().path("data").size()).isEqualTo(1);
  }

  private static Reply result(Future<Reply> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void repeat_getsTheFirstAnswer() {
    ApiClient client = api.client().with("Idempotency-Key", "repeat");
    Reply first = client.post("/v1/tasks", "{\"input\":\"go\"}");
    Reply second = client.post("/v1/tasks", "{\"input\":\"go\"}");

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.status()).isEqualTo(first.status());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
  }

  @Test
  void repeat_canWaitForTheEndOfTheFirst() {
    ApiClient client = api.client().with("Idempotency-Key", "wait");
    Reply first = client.post("/v1/tasks", "{\"input\":\"go\"}");
    Reply second = client.with("Prefer", "wait=30").post("/v1/tasks", "{\"input\":\"go\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.text("state")).isEqualTo("completed");
  }

  @Test
  void otherBody_isRefused() {
    ApiClient client = api.client().with("Idempotency-Key", "other");
    client.post("/v1/tasks", "{\"input\":\"go\"}");
    Reply reply = client.post("/v1/tasks", "{\"input\": \"go\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("IDEMPOTENCY_MISMATCH");
    assertThat(reply.text("detail"))
        .isEqualTo(
            "This Idempotency-Key was used with another body; use a new key for a new request.");
  }

  @Test
  void key_belongsToOneTenantAndOneRoute() {
    String body = "{\"input\":\"await\"}";
    ApiClient client = api.client().with("Idempotency-Key", "shared");
    String mine = client.post("/v1/tasks", body).text("id");
    Reply theirs =
        api.as(TestApi.OTHER, Role.ADMIN).with("Idempotency-Key", "shared").post("/v1/tasks", body);
    Reply cancel = client.post("/v1/tasks/" + mine + "/cancel", "{}");

    assertThat(theirs.text("id")).isNotEqualTo(mine);
    assertThat(theirs.header("Idempotent-Replayed")).isEmpty();
    assertThat(cancel.status()).isEqualTo(202);
    assertThat(cancel.header("Idempotent-Replayed")).isEmpty();
  }

  @Test
  void repeat_standsAboveWhatIsWrongByNow() {
    ApiClient client = api.client().with("Idempotency-Key", "late");
    Reply task = client.post("/v1/tasks", "{\"input\":\"await\"}");
    String path = "/v1/tasks/" + task.text("id") + "/cancel";
    Reply first = client.with("Prefer", "wait=30").post(path, "{\"reason\":\"enough\"}");
    Reply second = client.post(path, "{\"reason\":\"enough\"}");

    assertThat(first.text("state")).isEqualTo("cancelled");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(api.client().post(path, "{\"reason\":\"enough\"}").status()).isEqualTo(409);
  }

  @Test
  void refusal_isNotRemembered() {
    ApiClient client = api.client().with("Idempotency-Key", "refused");

    assertThat(client.post("/v1/tasks", "{\"input\":1}").status()).isEqualTo(422);
    assertThat(client.post("/v1/tasks", "{\"input\":\"go\"}").status()).isEqualTo(202);
  }

  @Test
  void key_mustBeSane() {
    for (String key : List.of("x".repeat(256), "tab\there")) {
      Reply reply =
          api.client().with("Idempotency-Key", key).post("/v1/tasks", "{\"input\":\"go\"}");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text("detail"))
          .isEqualTo(
              "The request is not valid: header.Idempotency-Key must be 1 to 255 visible characters of ASCII.");
    }
  }
}
