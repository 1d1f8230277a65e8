package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Role;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final int PROBES = 20;

  @Test
  void health_isGoodWhenPostgresAnswers() {
    try (TestApi api = TestApi.idle()) {
      ApiClient nobody = new ApiClient(api.port(), "");
      assertThat(nobody.get("/livez").body()).isEqualTo("{\"status\":\"alive\"}");
      assertThat(nobody.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
      assertThat(nobody.get("/livez").header("Cache-Control")).contains("no-store");
      assertThat(nobody.get("/livez").header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void withoutPostgres_everythingSaysSoAtOnce() {
    try (TestApi api = TestApi.idle()) {
      ApiClient client = api.client();
      api.database().close();
      assertThat(client.get("/livez").status()).isEqualTo(200);
      assertThat(client.get("/openapi.json").status()).isEqualTo(200);
      List<Reply> replies =
          List.of(
              client.get("/readyz"),
              client.get("/v1/tasks"),
              client.get("/v1/packs"),
              client.get("/v1/audit/verify"),
              client.get("/v1/audit/sinks"),
              client.post("/v1/tasks", "{\"input\":\"x\"}"),
              client.with("Idempotency-Key", "k").post("/v1/tasks", "{\"input\":\"x\"}"),
              client.post("/v1/kill-switches/drill"),
              api.as(TestApi.OTHER, Role.VIEWER).delete("/v1/keys/x"));
      for (Reply reply : replies) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("STORE_UNAVAILABLE");
        assertThat(reply.header("Retry-After")).contains("2");
        assertThat(reply.text("detail")).startsWith("Postgres does not answer (SQLSTATE ");
      }
    }
  }

  @Test
  void readiness_isAskedOnceForMany() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(PROBES);
    ReadinessProbe probe =
        new ReadinessProbe(() -> {
          asked.incrementAndGet();
          await(begun);
          throw new AgentOsException(ErrorCode.STORE_UNAVAILABLE, "No.");
        });
    CountDownLatch ended = new CountDownLatch(PROBES);
    for (int i = 0; i < PROBES; i++) {
      Thread.ofVirtual()
          .start(() -> {
            begun.countDown();
            assertThat(probe.missing()).isEqualTo("No.");
            ended.countDown();
          });
    }
    ended.await();
    assertThat(asked).hasValue(1);
    assertThat(probe.missing()).isEqualTo("No.");
    assertThat(asked).hasValue(1);
  }

  @Test
  void readiness_isNotWaitedForForEver() {
    CountDownLatch never = new CountDownLatch(1);
    ReadinessProbe probe = new ReadinessProbe(() -> await(never));
    long begun = System.nanoTime();

    assertThat(probe.missing()).isEqualTo("Postgres does not answer; try again.");
    assertThat(System.nanoTime() - begun).isBetween(1_500_000_000L, 4_000_000_000L);
    never.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
