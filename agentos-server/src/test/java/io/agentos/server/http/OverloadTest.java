package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class OverloadTest {
  private static final Access CALL = new Access.Needs(Permission.READ);
  private static final Access STOP = new Access.NeedsFirst(Permission.KILL);

  @Test
  void fullServer_turnsCallsAwayAndCanStillBeStopped() throws InterruptedException {
    Semaphore hold = new Semaphore(0);
    CountDownLatch inside = new CountDownLatch(TestApi.CAPACITY.callsMax());
    try (TestApi api =
        TestApi.idle(() -> {
          inside.countDown();
          hold.acquireUninterruptibly();
        })) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < TestApi.CAPACITY.callsMax(); i++) {
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> assertThat(api.client().get("/v1/providers").status()).isEqualTo(200)));
      }
      inside.await();

      Reply refused = api.client().get("/v1/tasks");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("OVERLOADED");
      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(refused.text("detail"))
          .isEqualTo("The server is at its limit of calls at once; try again.");
      assertThat(api.client().get("/livez").status()).isEqualTo(200);
      assertThat(api.client().get("/readyz").status()).isEqualTo(200);
      assertThat(api.as(TestApi.ACME, Role.OPERATOR).post("/v1/kill-switches/drill").status())
          .isEqualTo(200);

      hold.release(TestApi.CAPACITY.callsMax());
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(api.client().get("/v1/tasks").status()).isEqualTo(200);
    }
  }

  @Test
  void places_areGivenBack() {
    Gate gate = new Gate(1);
    try (Gate.Slot _ = gate.enter(CALL)) {
      assertThatThrownBy(() -> gate.enter(CALL))
          .isInstanceOf(AgentOsException.class)
          .hasMessage("The server is at its limit of calls at once; try again.");
      gate.enter(STOP).close();
      gate.enter(new Access.Open()).close();
    }
    gate.enter(CALL).close();
  }

  @Test
  void bodies_shareTheirMemory() {
    BodyMemory memory = new BodyMemory(4, 50);
    try (BodyMemory.Lease one = memory.lease();
        BodyMemory.Lease other = memory.lease()) {
      one.reach(65_536);
      one.reach(10);
      one.reach(3 * 65_536);
      assertThatThrownBy(() -> other.reach(2 * 65_536))
          .hasMessage("Too many large requests are under way; try again, or send less at once.");
      other.reach(1);
    }
    try (BodyMemory.Lease all = memory.lease()) {
      all.reach(4 * 65_536);
    }
  }

  @Test
  void silentReaders_areCutAndHarmNobody() throws IOException, InterruptedException {
    try (TestApi api = TestApi.working()) {
      String task =
          api.client()
              .with("Prefer", "wait=30")
              .post("/v1/tasks", "{\"input\":\"noise 6000\"}")
              .text("id");
      List<RawConnection> silent = new ArrayList<>();
      for (int i = 0; i < TestApi.CAPACITY.followersMax(); i++) {
        silent.add(new RawConnection(api.port(), 4_096));
        silent
            .getLast()
            .send(
                "GET /v1/tasks/%s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(task, api.key(TestApi.ACME, Role.VIEWER)));
      }
      for (int i = 0; i < 20; i++) {
        long begun = System.nanoTime();
        assertThat(api.client().get("/v1/tasks/" + task).status()).isEqualTo(200);
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
      }
      // Their places come free when they are cut; a reader who reads gets everything.
      List<EventReader.Event> events = new ArrayList<>();
      while (events.isEmpty()) {
        try (EventReader reader = EventReader.open(api.client(), task)) {
          if (reader.response().statusCode() == 200) {
            events.addAll(reader.rest());
          }
        }
      }
      assertThat(events.size()).isEqualTo(6_004);
      for (RawConnection connection : silent) {
        connection.close();
      }
    }
  }
}
