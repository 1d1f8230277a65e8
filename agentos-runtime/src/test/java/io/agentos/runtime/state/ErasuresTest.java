package io.agentos.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ErasureId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.vault.DataKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Erasing without a worker: what each stage leaves to whoever goes on after it. */
final class ErasuresTest {
  private static TestStore store;

  private final StateStore stateStore = new StateStore(store.database(), store.keys());

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void eachStage_isGoneOnAfterByAnotherNode() {
    TaskId task = create("jay", null);
    ErasureId id = request(new Erasures.Order.Subject("jay"));
    assertThat(stateStore.task(TestStore.ACME, task).input()).isEqualTo("the jay hides acorns");

    assertThat(node(Duration.ofMinutes(5)).sweep()).isZero();
    assertThat(node(Duration.ofMinutes(5)).sweep()).isZero();
    assertThat(stateStore.task(TestStore.ACME, task).state()).isEqualTo("queued");
    assertThat(node(Duration.ZERO).sweep()).isZero();
    TaskView ended = stateStore.task(TestStore.ACME, task);
    assertThat(ended.state()).isEqualTo("cancelled");
    assertThat(ended.error()).isEqualTo(new TaskView.Problem("ERASED", ""));
    assertThat(node(Duration.ZERO).sweep()).isEqualTo(1);
    assertThat(node(Duration.ZERO).sweep()).isZero();

    StateStore elsewhere = new StateStore(store.database(), new DataKeys(TestStore.newVault()));
    for (StateStore each : List.of(stateStore, elsewhere)) {
      assertThat(each.task(TestStore.ACME, task).input()).isEqualTo("(erased)");
      assertThat(each.events(TestStore.ACME, task, 0, 10))
          .extracting(Entry::type)
          .containsExactly("task.created", "task.cancelled");
    }
    assertThat(node(Duration.ZERO).one(TestStore.ACME, id).state()).isEqualTo("completed");
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
  }

  @Test
  void subject_beginsAnew_whileItIsErased_andChildrenShareItsKey() {
    TaskId parent = create("wren", null);
    TaskId child = create(null, parent);
    request(new Erasures.Order.Subject("wren"));
    TaskId after = create("wren", null);
    TaskId late = create(null, parent);

    for (int stage = 0; stage < 4; stage++) {
      node(Duration.ZERO).sweep();
    }

    assertThat(input(parent)).isEqualTo("(erased)");
    assertThat(input(child)).isEqualTo("(erased)");
    assertThat(input(after)).isEqualTo("the jay hides acorns");
    assertThat(input(late)).isEqualTo("the jay hides acorns");
    assertThat(stateStore.task(TestStore.ACME, after).state()).isEqualTo("queued");
  }

  private Object input(TaskId task) {
    return stateStore.task(TestStore.ACME, task).input();
  }

  private Erasures node(Duration patience) {
    return new Erasures(store.database(), stateStore, store.audit(), patience);
  }

  private ErasureId request(Erasures.Order order) {
    return ErasureId.parse(
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> node(Duration.ZERO).request(tx, TestStore.ACME, order, "key:test"))
            .id());
  }

  private TaskId create(@Nullable String subject, @Nullable TaskId parent) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            TestStore.ACME,
            task,
            "key:test",
            new Request.Target(null, null, null),
            new TaskInput.Text("the jay hides acorns"),
            5,
            null,
            null,
            Map.of(),
            parent);
    store
        .database()
        .inTenantDo(TestStore.ACME, tx -> stateStore.create(tx, request, "erase/1", subject));
    return task;
  }
}
