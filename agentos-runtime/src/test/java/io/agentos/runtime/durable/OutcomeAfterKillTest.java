package io.agentos.runtime.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.Tokens;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.costs.CostLedger;
import io.agentos.runtime.costs.ModelCallRecord;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a killed call says all the same. */
final class OutcomeAfterKillTest {
  private static final String TOOL = "pay.refund";
  private static final WaitReason KILLED = WaitReason.KILLED;
  private TestStore store;
  private StateStore stateStore;
  private KillSwitches killSwitches;

  @BeforeEach
  void open() {
    store = new TestStore();
    stateStore = new StateStore(store.database(), store.keys());
    killSwitches = new KillSwitches(store.database(), store.audit());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void outcomeThatComesAfterTheKill_isDiscardedPaidAndTold() throws InterruptedException {
    CountDownLatch inEffect = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.tool(
                    durable,
                    request,
                    "call",
                    TOOL,
                    step -> {
                      TestProgram.account(step);
                      step.book(CostLedger.write(paid(step)));
                      inEffect.countDown();
                      waitUninterrupted(answer);
                      return "attempt " + step.attempt();
                    }));
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();
      inEffect.await();
      KillSwitch kill = engage(Scope.TOOL, TOOL);
      node.acknowledged(killSwitches, kill.id());
      answer.countDown();

      assertThat(node.settled(task).waitingFor()).isEqualTo(KILLED.text());
      assertThat(types(task)).contains("step.discarded").doesNotContain("step.committed");
      assertThat(audit("step.discarded", task.toString()))
          .singleElement()
          .extracting(Audit.Stored::body)
          .asString()
          .contains("\"kill_switch\":\"" + kill.id() + "\"", "\"step\":\"call\"");
      assertThat(audit("tool.called", task.toString())).hasSize(1);
      assertThat(paidFor(task)).as("micro-dollars booked").isEqualTo(3);

      release(kill, null);
      assertThat(node.ended(task).output().text()).isEqualTo("attempt 2");
      assertThat(node.ended(task).usage().toolCalls()).as("both calls are paid").isEqualTo(2);
      assertThat(paidFor(task)).isEqualTo(6);
    }
  }

  /** What the call costs: three micro-dollars. */
  private static ModelCallRecord paid(Step step) {
    return new ModelCallRecord(
        step.key(),
        step.attempt(),
        Instant.parse("2026-11-01T12:00:00Z"),
        AgentId.parse("shop.clerk"),
        "openai",
        "owl",
        "owl",
        ModelCallRecord.Outcome.ANSWERED,
        null,
        Tokens.of(10, 5),
        false,
        3_000_000,
        "owl",
        null,
        null,
        Duration.ofMillis(5));
  }

  private long paidFor(TaskId task) {
    return store
        .database()
        .inTenant(
            TestStore.ACME,
            tx ->
                tx.queryOne(
                        """
                        select coalesce(sum(cost_usd_micros), 0)::bigint as paid from model_call
                        where tenant_id = ? and task_id = ?
                        """,
                        row -> row.longNumber("paid"),
                        TestStore.ACME.value(),
                        task.value())
                    .orElse(0L));
  }

  private static void waitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private KillSwitch engage(Scope scope, String target) {
    KillSwitches.Order order =
        new KillSwitches.Order(scope, target, "It does harm.", "key:operator");
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> killSwitches.engage(tx, TestStore.ACME, order));
  }

  private void release(KillSwitch kill, @Nullable Integer perMinute) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> killSwitches.release(tx, TestStore.ACME, kill.id(), "key:operator", perMinute));
  }

  private List<Audit.Stored> audit(String type, String subject) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter(type, null, subject, Long.MAX_VALUE),
            100);
  }

  private List<String> types(TaskId task) {
    return stateStore.events(TestStore.ACME, task, 0, 10_000).stream().map(Entry::type).toList();
  }
}
