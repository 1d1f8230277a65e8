package io.agentos.runtime.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StepView;
import io.agentos.runtime.state.TaskView;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class WorkerTest {
  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void task_runsToItsEnd() {
    StateStore stateStore = new StateStore(store.database(), store.keys());
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) -> {
              String one = durable.step("one", String.class, _ -> "a");
              return TestProgram.idempotent(
                  durable,
                  request,
                  "two",
                  step -> {
                    TestProgram.account(step);
                    return one + "b";
                  });
            });
    try (TestNode node = new TestNode(store, program)) {
      TaskView task = node.ended(node.submit());

      assertThat(task.state()).isEqualTo("completed");
      assertThat(task.output().text()).isEqualTo("ab");
      assertThat(task.usage().toolCalls()).isEqualTo(1);
      List<StepView> steps = stateStore.steps(TestStore.ACME, TaskId.parse(task.id()));
      assertThat(steps).extracting(StepView::name).containsExactly("one", "two", "finish");
      assertThat(steps).extracting(StepView::state).containsOnly("committed");
      assertThat(stateStore.events(TestStore.ACME, TaskId.parse(task.id()), 0, 100))
          .extracting(Entry::type)
          .containsExactly(
              "task.created",
              "task.started",
              "step.committed",
              "step.intent",
              "step.committed",
              "task.completed",
              "step.committed");
    }
    assertThat(store.audit().verify(store.database(), TestStore.ACME).intact()).isTrue();
  }

  @Test
  void await_isWokenBySignal() {
    StateStore stateStore = new StateStore(store.database(), store.keys());
    AtomicInteger runs = new AtomicInteger();
    TestProgram program =
        new TestProgram(
            stateStore,
            (durable, request) -> {
              runs.incrementAndGet();
              return TestProgram.awaitText(durable, "word");
            });
    try (TestNode node = new TestNode(store, program)) {
      TaskId task = node.submit();
      assertThat(node.settled(task).waitingFor()).isEqualTo("approval");
      node.mustComeToRest();

      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx ->
                  stateStore.signal(
                      tx, TestStore.ACME, task, new StateStore.Signal("word", "\"yes\"")));

      assertThat(node.ended(task).output().text()).isEqualTo("yes");
      assertThat(runs).hasValue(2);
    }
  }
}
