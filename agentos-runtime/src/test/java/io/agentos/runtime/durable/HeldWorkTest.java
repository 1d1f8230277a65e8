package io.agentos.runtime.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.killswitch.KillImpact;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queued work under a kill switch waits, costs nothing, keeps nobody waiting, and comes back. */
final class HeldWorkTest {
  private final AtomicInteger runs = new AtomicInteger();
  private TestStore store;
  private StateStore stateStore;
  private KillSwitches killSwitches;
  private TestProgram program;

  @BeforeEach
  void open() {
    store = new TestStore();
    stateStore = new StateStore(store.database(), store.keys());
    killSwitches = new KillSwitches(store.database(), store.audit());
    program =
        new TestProgram(
            stateStore,
            (durable, request) -> {
              runs.incrementAndGet();
              return TestProgram.idempotent(durable, request, "call", _ -> "done");
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void queuedTasks_ofAStoppedAgent_areNotClaimed_andOthersAreNotKeptWaiting() {
    KillSwitch agent = engage(Scope.AGENT, "shop.clerk");
    KillSwitch pack = engage(Scope.PACK, "mail");
    List<TaskId> held = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      held.add(submit(null, "shop.clerk", 9));
    }
    held.add(submit("mail", null, 9));
    held.add(submit(null, "mail.sorter", 9));
    try (TestNode node = new TestNode(store, program, new WorkerSettings("n", 4, lease(), 5))) {
      TaskId free = submit("shop", "shop.courier", 0);
      assertThat(node.ended(free).state()).isEqualTo("completed");
      Begins.until("all are held", () -> held(agent) == 80 && held(pack) == 2);
      assertThat(runs).as("held tasks have cost nothing").hasValue(1);
      TaskView first = stateStore.task(TestStore.ACME, held.getFirst());
      assertThat(first.state()).isEqualTo("waiting");
      assertThat(first.waitingFor()).isEqualTo("killed");
      assertThat(first.attempt()).isZero();
      assertThat(first.startedAt()).isNull();
      assertThat(types(held.getFirst())).containsExactly("task.created", "task.waiting");
      assertThat(
              new KillImpact(store.database(), store.keys()).of(TestStore.ACME, Scope.PACK, "mail"))
          .isEqualTo(new KillImpact.Impact(0, 0, 2));

      release(agent, null);
      release(pack, null);
      for (TaskId task : held) {
        assertThat(node.ended(task).state()).isEqualTo("completed");
      }
      assertThat(node.ended(held.getFirst()).attempt()).isEqualTo(1);
      assertThat(types(held.getFirst())).containsOnlyOnce("task.started");
    }
  }

  @Test
  void cancelledTask_endsAlsoUnderAKillSwitch() {
    KillSwitch tenant = engage(Scope.TENANT, "");
    TaskId task = submit(null, null, 5);
    try (TestNode node = new TestNode(store, program)) {
      assertThat(node.settled(task).waitingFor()).isEqualTo("killed");
      store
          .database()
          .inTenantDo(TestStore.ACME, tx -> stateStore.cancel(tx, TestStore.ACME, task, "no"));
      assertThat(node.ended(task).state()).isEqualTo("cancelled");
      assertThat(runs).hasValue(0);
      release(tenant, null);
    }
  }

  @Test
  void releaseInStages_bringsTasksBackOneAfterTheOther_andAnotherSwitchStillHolds() {
    KillSwitch tenant = engage(Scope.TENANT, "");
    List<TaskId> tasks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      tasks.add(submit("shop", i < 10 ? "shop.clerk" : "shop.courier", i < 10 ? 9 : 5));
    }
    try (TestNode node = new TestNode(store, program)) {
      Begins.until("all are held", () -> held(tenant) == tasks.size());
      KillSwitch clerk = engage(Scope.AGENT, "shop.clerk");
      release(tenant, 600);

      for (TaskId task : tasks.subList(10, 30)) {
        assertThat(node.ended(task).state()).isEqualTo("completed");
      }
      Instant released = killSwitches.one(TestStore.ACME, tenant.id()).releasedAt();
      assertThat(tasks.subList(10, 30))
          .as("600 a minute are one each 100 ms, the urgent ones first: the last comes 2.9 s later")
          .extracting(task -> stateStore.task(TestStore.ACME, task).endedAt())
          .anyMatch(ended -> ended.isAfter(released.plusMillis(2_800)))
          .allMatch(ended -> ended.isAfter(released.plusMillis(900)));
      assertThat(held(tenant)).isZero();
      assertThat(held(clerk)).isEqualTo(10);
      assertThat(runs).hasValue(20);
      release(clerk, null);
      tasks.forEach(task -> assertThat(node.ended(task).state()).isEqualTo("completed"));
    }
  }

  @Test
  void releaseInStages_tellsHowManyStillWait() {
    KillSwitch tenant = engage(Scope.TENANT, "");
    for (int i = 0; i < 20; i++) {
      submit(null, null, 5);
    }
    try (TestNode node = new TestNode(store, program)) {
      Begins.until("all are held", () -> held(tenant) == 20);
      release(tenant, 1);
      Begins.until("one came back", () -> held(tenant) == 19);

      KillSwitches.Held left =
          killSwitches.held(TestStore.ACME, List.of(tenant.id())).get(tenant.id());
      Instant released = killSwitches.one(TestStore.ACME, tenant.id()).releasedAt();
      assertThat(left.until())
          .isBetween(released.plus(Duration.ofMinutes(18)), released.plus(Duration.ofMinutes(20)));
      assertThat(node.worker().running()).isLessThan(2);
    }
  }

  @Test
  void drill_isAnsweredAndStopsNothing() throws InterruptedException {
    try (TestNode node = new TestNode(store, program)) {
      KillSwitch drill =
          store
              .database()
              .inTenant(
                  TestStore.ACME, tx -> killSwitches.drill(tx, TestStore.ACME, "key:operator"));
      assertThat(node.acknowledged(killSwitches, drill.id()))
          .singleElement()
          .satisfies(word -> {
            assertThat(word.stopped()).isZero();
            assertThat(word.epoch()).isEqualTo(drill.epoch());
          });
      assertThat(node.ended(node.submit()).state()).isEqualTo("completed");
      assertThat(killSwitches.standing(TestStore.ACME)).isEmpty();
      release(drill, null);
    }
  }

  @Test
  void tasksBelowAStoppedTask_areHeldWithIt() {
    TaskId root = submit("shop", "shop.clerk", 5);
    TaskId child = submit("shop", "shop.courier", 5, root);
    TaskId grandchild = submit("mail", "mail.sorter", 5, child);
    KillSwitch task = engage(Scope.TASK, root.toString());
    assertThat(
            new KillImpact(store.database(), store.keys())
                .of(TestStore.ACME, Scope.TASK, root.toString()))
        .isEqualTo(new KillImpact.Impact(0, 3, 0));
    try (TestNode node = new TestNode(store, program)) {
      assertThat(node.ended(submit("shop", "shop.clerk", 5)).state()).isEqualTo("completed");
      Begins.until("all of the line are held", () -> held(task) == 3);
      assertThat(runs).hasValue(1);
      release(task, null);
      for (TaskId each : List.of(root, child, grandchild)) {
        assertThat(node.ended(each).state()).isEqualTo("completed");
      }
    }
  }

  private TaskId submit(@Nullable String pack, @Nullable String agent, int priority) {
    return submit(pack, agent, priority, null);
  }

  private TaskId submit(
      @Nullable String pack, @Nullable String agent, int priority, @Nullable TaskId parent) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            TestStore.ACME,
            task,
            "key:test",
            new Request.Target(pack, agent, null),
            new TaskInput.Text("go"),
            priority,
            null,
            null,
            Map.of(),
            parent);
    store
        .database()
        .inTenantDo(TestStore.ACME, tx -> stateStore.create(tx, request, program.version()));
    return task;
  }

  private long held(KillSwitch kill) {
    return killSwitches.held(TestStore.ACME, List.of(kill.id())).get(kill.id()).tasks();
  }

  private KillSwitch engage(Scope scope, String target) {
    KillSwitches.Order order = new KillSwitches.Order(scope, target, "Enough.", "key:operator");
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

  private List<String> types(TaskId task) {
    return stateStore.events(TestStore.ACME, task, 0, 1_000).stream().map(Entry::type).toList();
  }

  private static Duration lease() {
    return Duration.ofSeconds(10);
  }
}
