package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** However busy the pools are, what runs can be stopped. */
final class ExhaustedPoolsTest {
  private static final int REQUESTS = 8;
  private static final int ENGINE = 5;

  @Test
  void killSwitches_workWhileEveryOtherConnectionIsTaken() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(REQUESTS + ENGINE);
    CountDownLatch letGo = new CountDownLatch(1);
    List<Thread> holders = new ArrayList<>();
    try (TestApi api = TestApi.working()) {
      ApiClient operator = api.as(TestApi.ACME, Role.OPERATOR);
      Consumer<Tx> hold =
          _ -> {
            taken.countDown();
            waitFor(letGo);
          };
      for (int i = 0; i < REQUESTS; i++) {
        holders.add(Thread.ofVirtual().start(() -> api.database().inTenantDo(TestApi.ACME, hold)));
      }
      for (int i = 0; i < ENGINE; i++) {
        holders.add(Thread.ofVirtual().start(() -> holdEngine(api, hold)));
      }
      taken.await();

      Reply engaged =
          operator
              .with("Idempotency-Key", "stop")
              .post(
                  "/v1/kill-switches",
                  "{\"scope\":\"tool\",\"target\":\"mail.send\",\"reason\":\"bad day\"}");
      assertThat(engaged.status()).isEqualTo(201);
      assertThat(engaged.json().path("acknowledgements").size())
          .as("the node obeys on connections of its own")
          .isEqualTo(1);
      assertThat(operator.get("/v1/kill-switches").body()).contains(engaged.text("id"));
      assertThat(new ApiClient(api.port(), "").get("/readyz").status()).isEqualTo(200);
      assertThat(operator.post("/v1/kill-switches/" + engaged.text("id") + "/release").status())
          .isEqualTo(200);
      assertThat(operator.post("/v1/kill-switches/drill").status()).isEqualTo(200);
      letGo.countDown();
      for (Thread holder : holders) {
        holder.join();
      }
      assertThat(api.as(TenantId.DEFAULT, Role.ADMIN).get("/v1/tasks").status()).isEqualTo(200);
    }
  }

  private static void holdEngine(TestApi api, Consumer<Tx> hold) {
    api.database()
        .inEngine(tx -> {
          hold.accept(tx);
          return true;
        });
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
