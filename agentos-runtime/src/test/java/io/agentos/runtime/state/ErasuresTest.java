package io.agentos.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ErasureId;
import io.agentos.api.HoldId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.retention.Hold;
import io.agentos.runtime.retention.HoldScope;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Erasing without a worker: what each stage leaves to whoever goes on after it. */
final class ErasuresTest {
  private static TestStore store;

  private final StateStore stateStore = new StateStore(store.database(), store.keys());
  private final Holds holds =
      new Holds(store.database(), store.vault(), store.keys(), store.audit());
  private final Map<String, ErasureId> open = new HashMap<>();

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

  @Test
  void holdAfterTheRequest_keepsTheErasure_untilItIsReleased() {
    TaskId task = create("crow", null);
    ErasureId id = request(new Erasures.Order.Subject("crow"));
    HoldId hold = place(HoldScope.TASK, task.toString());

    for (int stage = 0; stage < 4; stage++) {
      assertThat(node(Duration.ZERO).sweep()).isZero();
    }
    Erasures.View held = node(Duration.ZERO).one(TestStore.ACME, id);
    assertThat(held.state()).isEqualTo("held");
    assertThat(held.hold()).isEqualTo(hold.toString());
    assertThat(stateStore.task(TestStore.ACME, task).state()).isEqualTo("queued");
    assertThat(input(task)).isEqualTo("the jay hides acorns");

    release(hold);
    for (int stage = 0; stage < 4; stage++) {
      node(Duration.ZERO).sweep();
    }
    Erasures.View completed = node(Duration.ZERO).one(TestStore.ACME, id);
    assertThat(completed.state()).isEqualTo("completed");
    assertThat(completed.hold()).isNull();
    assertThat(input(task)).isEqualTo("(erased)");
    assertThat(
            store
                .audit()
                .list(
                    store.database(),
                    TestStore.ACME,
                    new Audit.Filter(null, null, id.toString(), Long.MAX_VALUE),
                    10))
        .extracting(entry -> entry.body().replaceAll(".*\"stage\":\"([a-z]+)\".*", "$1"))
        .containsExactly("completed", "resumed", "held", "requested");
  }

  /** A hold that is being placed when the key is to be destroyed: the erasure waits for it. */
  @Test
  void holdUnderWay_isWaitedFor_andKeepsTheKey() throws InterruptedException {
    TaskId task = ended("rook");
    ErasureId id = ErasureId.parse(one("rook").id());
    CountDownLatch placed = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(() ->
                store
                    .database()
                    .inTenantDo(
                        TestStore.ACME,
                        tx -> {
                          place(tx, HoldScope.SUBJECT, "rook");
                          placed.countDown();
                          store.awaitWaiter();
                        }));
    placed.await();

    assertThat(node(Duration.ZERO).sweep()).isZero();

    holder.join();
    assertThat(node(Duration.ZERO).one(TestStore.ACME, id).state()).isEqualTo("held");
    assertThat(input(task)).isEqualTo("the jay hides acorns");
  }

  /** A key that is being destroyed when a hold is placed: the hold is there after it. */
  @Test
  void destructionUnderWay_isWaitedForByAHold() throws InterruptedException {
    TaskId task = ended("daw");
    CountDownLatch destroying = new CountDownLatch(1);
    Thread sweep =
        Thread.ofVirtual()
            .start(() ->
                store
                    .database()
                    .inEngine(tx -> {
                      tx.update(ErasuresSql.GATE, "acme");
                      tx.query(ErasuresSql.SHARE, row -> true, "acme");
                      int destroyed = tx.update(ErasuresSql.DESTROY, "acme", key(tx, task));
                      destroying.countDown();
                      store.awaitWaiter();
                      return destroyed;
                    }));
    destroying.await();

    HoldId hold = place(HoldScope.SUBJECT, "daw");

    assertThat(input(task)).isEqualTo("(erased)");
    sweep.join();
    release(hold);
  }

  /** Holds and destructions at the same moment, over and over: one of them was first. */
  @Test
  void holdAndDestruction_atOnce_neverBothCome() throws InterruptedException {
    for (int round = 0; round < 12; round++) {
      String subject = "gull-" + round;
      TaskId task = ended(subject);
      ErasureId id = ErasureId.parse(one(subject).id());
      CountDownLatch begin = new CountDownLatch(1);
      Thread sweep =
          Thread.ofVirtual()
              .start(() -> {
                TestStore.await(begin);
                node(Duration.ZERO).sweep();
              });
      Thread holder =
          Thread.ofVirtual()
              .start(() -> {
                TestStore.await(begin);
                place(HoldScope.SUBJECT, subject);
              });
      begin.countDown();
      sweep.join();
      holder.join();

      String state = node(Duration.ZERO).one(TestStore.ACME, id).state();
      node(Duration.ZERO).sweep();
      String after = node(Duration.ZERO).one(TestStore.ACME, id).state();
      assertThat(after).isEqualTo(state.equals("completed") ? "completed" : "held");
      assertThat(input(task))
          .isEqualTo(after.equals("completed") ? "(erased)" : "the jay hides acorns");
    }
  }

  /** A task of a subject that is to be erased, with only the destruction left to do. */
  private TaskId ended(String subject) {
    TaskId task = create(subject, null);
    ErasureId id = request(new Erasures.Order.Subject(subject));
    node(Duration.ZERO).sweep();
    node(Duration.ZERO).sweep();
    assertThat(stateStore.task(TestStore.ACME, task).state()).isEqualTo("cancelled");
    open.put(subject, id);
    return task;
  }

  private Erasures.View one(String subject) {
    return node(Duration.ZERO).one(TestStore.ACME, open.get(subject));
  }

  private static UUID key(Tx tx, TaskId task) {
    return tx.queryOne(
            "select key_id from task where tenant_id = 'acme' and task_id = ?",
            row -> row.uuid("key_id"),
            task.value())
        .orElseThrow();
  }

  private HoldId place(HoldScope scope, String target) {
    return store.database().inTenant(TestStore.ACME, tx -> place(tx, scope, target));
  }

  private HoldId place(Tx tx, HoldScope scope, String target) {
    return HoldId.parse(
        holds
            .place(tx, TestStore.ACME, new Hold.Order(scope, target, "because", "key:admin"))
            .id());
  }

  private void release(HoldId hold) {
    store
        .database()
        .inTenant(
            TestStore.ACME, tx -> holds.release(tx, TestStore.ACME, hold, "settled", "key:admin"));
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
