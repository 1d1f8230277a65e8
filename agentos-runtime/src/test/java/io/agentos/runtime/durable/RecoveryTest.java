package io.agentos.runtime.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of a task when its effects fail, hang, are stopped, or lose their owner. */
final class RecoveryTest {
  private static TestStore store;
  private static StateStore stateStore;

  @BeforeAll
  static void open() {
    store = new TestStore();
    stateStore = new StateStore(store.database(), store.keys());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void retriableError_isTriedAgainUnderTheSameKey() {
    ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.idempotent(
                    durable,
                    request,
                    "call",
                    step -> {
                      keys.add(step.key().idempotencyKey());
                      if (step.attempt() == 1) {
                        throw new AgentOsException(ErrorCode.TOOL_UNAVAILABLE, "busy");
                      }
                      return "at last";
                    }));
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();

      assertThat(text(node.ended(task))).isEqualTo("at last");
      assertThat(keys).hasSize(2).containsOnly(task + "-1");
      assertThat(types(task))
          .containsSubsequence(
              "step.intent", "step.failed", "task.waiting", "step.intent", "step.committed");
    }
  }

  @Test
  void finalError_endsTheTask() {
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.idempotent(
                    durable,
                    request,
                    "call",
                    _ -> {
                      throw new AgentOsException(ErrorCode.TOOL_FAILED, "It is broken for good.");
                    }));
    try (TestNode node = new TestNode(store, program)) {
      TaskView task = node.ended(node.submit());

      assertThat(task.state()).isEqualTo("failed");
      assertThat(task.error())
          .isEqualTo(new TaskView.Problem("TOOL_FAILED", "It is broken for good."));
    }
  }

  @Test
  void killedTask_isParked_andGoesOnWhenReleased() throws InterruptedException {
    CountDownLatch inEffect = new CountDownLatch(1);
    AtomicBoolean open = new AtomicBoolean();
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.idempotent(durable, request, "call", _ -> blockUnless(open, inEffect)));
    KillSwitches killSwitches = new KillSwitches(store.database(), store.audit());
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();
      inEffect.await();
      KillSwitch kill = engage(killSwitches, task);

      assertThat(node.settled(task).waitingFor()).isEqualTo("killed");
      assertThat(types(task)).contains("step.unknown");
      assertThat(node.acknowledged(killSwitches, kill.id()))
          .singleElement()
          .extracting(KillSwitches.Acknowledgement::stopped)
          .isEqualTo(1);

      open.set(true);
      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx -> killSwitches.release(tx, TestStore.ACME, kill.id(), "key:operator"));
      assertThat(text(node.ended(task))).isEqualTo("done");
    }
  }

  @Test
  void cancelledTask_isInterrupted_andEnds() throws InterruptedException {
    CountDownLatch inEffect = new CountDownLatch(1);
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.once(
                    durable, request, "call", _ -> blockUnless(new AtomicBoolean(), inEffect)));
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();
      inEffect.await();
      store
          .database()
          .inTenantDo(
              TestStore.ACME, tx -> stateStore.cancel(tx, TestStore.ACME, task, "not needed"));

      TaskView ended = node.ended(task);
      assertThat(ended.state()).isEqualTo("cancelled");
      assertThat(ended.error()).isEqualTo(new TaskView.Problem("CANCELLED", "not needed"));
    }
  }

  @Test
  void onceEffect_thatMayHaveHappened_waitsForAPerson() {
    ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.once(
                    durable,
                    request,
                    "pay",
                    _ -> {
                      calls.add("paid");
                      throw new IllegalStateException("the line went dead");
                    }));
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();
      assertThat(node.settled(task).waitingFor()).isEqualTo("reconcile");

      signal(task, "reconcile-1-1", "{\"happened\":true,\"value\":\"receipt 7\"}");

      assertThat(text(node.ended(task))).isEqualTo("receipt 7");
      assertThat(calls).hasSize(1);
    }
  }

  @Test
  void fencedOwner_writesNothingMore() throws InterruptedException {
    CountDownLatch inEffect = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> owners = new ConcurrentLinkedQueue<>();
    AtomicBoolean first = new AtomicBoolean(true);
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) ->
                TestProgram.idempotent(
                    durable,
                    request,
                    "call",
                    _ -> {
                      if (first.getAndSet(false)) {
                        inEffect.countDown();
                        waitFor(goOn);
                        owners.add("first");
                        return "first";
                      }
                      owners.add("second");
                      return "second";
                    }));
    try (TestNode zombie = new TestNode(store, program)) {
      TaskId task = zombie.submit();
      inEffect.await();
      // The same data directory starts anew: what the former process still does is void.
      try (TestNode successor = new TestNode(store, program)) {
        assertThat(text(successor.ended(task))).isEqualTo("second");
        goOn.countDown();
        while (zombie.worker().running() > 0) {
          Thread.onSpinWait();
        }
      }
      assertThat(owners).containsExactly("second", "first");
      assertThat(text(stateStore.task(TestStore.ACME, task))).isEqualTo("second");
      assertThat(types(task).stream().filter("step.committed"::equals)).hasSize(2);
    }
  }

  @Test
  void drainedNode_givesItsTasksBack() throws InterruptedException {
    CountDownLatch inEffect = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) -> {
              String one =
                  TestProgram.idempotent(
                      durable,
                      request,
                      "one",
                      _ -> {
                        inEffect.countDown();
                        waitFor(goOn);
                        return "one";
                      });
              return one + TestProgram.idempotent(durable, request, "two", _ -> " two");
            });
    TaskId task;
    try (TestNode node = new TestNode(store, program)) {
      task = node.submit();
      inEffect.await();
      Thread drain = Thread.ofVirtual().start(() -> node.worker().close());
      while (drain.getState() == Thread.State.NEW) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      drain.join();
    }
    try (TestNode next = new TestNode(store, program)) {
      TaskView ended = next.ended(task);
      assertThat(text(ended)).isEqualTo("one two");
      assertThat(types(task).stream().filter("step.intent"::equals)).hasSize(2);
    }
  }

  private static KillSwitch engage(KillSwitches killSwitches, TaskId task) {
    KillSwitches.Order order =
        new KillSwitches.Order(
            KillSwitch.Scope.TASK, task.toString(), "It does harm.", "key:operator");
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> killSwitches.engage(tx, TestStore.ACME, order));
  }

  private static void signal(TaskId task, String name, String body) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> stateStore.signal(tx, TestStore.ACME, task, new StateStore.Signal(name, body)));
  }

  private static List<String> types(TaskId task) {
    return stateStore.events(TestStore.ACME, task, 0, 1_000).stream().map(Entry::type).toList();
  }

  private static String text(TaskView task) {
    return task.output() == null ? "nothing: " + task : task.output().text();
  }

  private static String blockUnless(AtomicBoolean open, CountDownLatch inEffect) {
    if (open.get()) {
      return "done";
    }
    inEffect.countDown();
    waitFor(new CountDownLatch(1));
    return "never";
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
