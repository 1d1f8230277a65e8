package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.budgets.Budget;
import io.agentos.runtime.budgets.BudgetBook;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.Period;
import io.agentos.runtime.budgets.Scope;
import io.agentos.runtime.durable.CrashingJournal;
import io.agentos.runtime.durable.CrashingJournal.Side;
import io.agentos.runtime.state.StepView;
import io.agentos.runtime.state.TaskView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kills a task before and after every write of its journal, and wants one and the same ending. */
final class OrchestratorCrashTest {
  private static final int WRITES_MAX = 200;

  /** What the scripted model charges for one call: 10 tokens in, 5 out. */
  private static final long CALL_MICROS = 20;

  private static TestStore store;
  private static Budgets budgets;

  @BeforeAll
  static void open() {
    store = new TestStore();
    budgets = new Budgets(store.database(), store.audit());
    BudgetBook book = new BudgetBook(store.database(), store.audit());
    Budget.Order order =
        new Budget.Order(
            Scope.TENANT,
            "",
            Period.MONTH,
            Optional.of(1_000_000_000L),
            Budget.WARN_PERCENTS_DEFAULT,
            "key:operator");
    store.database().inTenant(TestStore.ACME, tx -> book.set(tx, TestStore.ACME, order));
  }

  @AfterAll
  static void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    budgets.close();
    store.close();
  }

  /** What is left of a task when it has ended, without what differs from task to task. */
  private record Ending(
      TaskView task,
      List<String> steps,
      Set<String> outsideKeys,
      List<String> audited,
      String booked,
      long paidOutside,
      Spent spent) {}

  /** What the budgets say of a task at rest: what it spent, and what any task still holds. */
  private record Spent(long committed, long reserved) {}

  @Test
  void resumesAfterCrash_beforeEveryWrite() throws InterruptedException {
    sweep(Side.BEFORE);
  }

  @Test
  void resumesAfterCrash_afterEveryWrite() throws InterruptedException {
    sweep(Side.AFTER);
  }

  private static void sweep(Side side) throws InterruptedException {
    Ending clean = run(WRITES_MAX, side);
    assertThat(clean.task.state()).isEqualTo("completed");
    assertThat(clean.outsideKeys).hasSize(9);
    assertThat(clean.spent).isEqualTo(new Spent(clean.paidOutside, 0));
    int crashes = 0;
    for (int at = 1; at < WRITES_MAX; at++) {
      Ending ending = run(at, side);
      if (ending == null) {
        break;
      }
      crashes++;
      String where = "%s write %d".formatted(side, at);
      assertThat(ending.task.error()).as(where).isNull();
      assertThat(ending.task.output()).as(where).isEqualTo(clean.task.output());
      assertThat(ending.steps).as(where).isEqualTo(clean.steps);
      assertThat(ending.outsideKeys).as(where).isEqualTo(clean.outsideKeys);
      assertThat(ending.audited).as(where).isEqualTo(clean.audited);
      assertThat(ending.task.usage().modelCalls())
          .as(where)
          .isBetween(clean.task.usage().modelCalls(), clean.task.usage().modelCalls() + 1);
      assertThat(ending.booked)
          .as(where)
          .isEqualTo(
              "%d calls, %d micro-USD"
                  .formatted(
                      ending.task.usage().modelCalls(), ending.task.usage().costUsdMicros()));
      assertThat(ending.spent.reserved).as(where).isZero();
      assertThat(ending.spent.committed).as(where).isGreaterThanOrEqualTo(ending.paidOutside);
    }
    assertThat(crashes).isGreaterThan(12);
  }

  /** Runs one task, its process dying at write {@code at}; null when there is no such write. */
  private static @org.jspecify.annotations.Nullable Ending run(int at, Side side)
      throws InterruptedException {
    Shop shop = new Shop();
    TestSystem system = new TestSystem(store, shop, budgets);
    List<CrashingJournal> crashing = new ArrayList<>();
    TaskId task = system.submit("shop.clerk");
    try (TestSystem.Node _ =
        system.start(journal -> {
          crashing.add(new CrashingJournal(journal, at, side));
          return crashing.getLast();
        })) {
      boolean died = false;
      while (!died && system.task(task).endedAt() == null) {
        system.approve(task);
        died = crashing.getFirst().diedWithin(10);
      }
      if (!died && at < WRITES_MAX) {
        return null;
      }
      try (TestSystem.Node _ = system.start(journal -> journal)) {
        return ending(system, shop, system.endedWithApprovals(task));
      }
    }
  }

  private static Ending ending(TestSystem system, Shop shop, TaskView task) {
    TaskId id = TaskId.parse(task.id());
    List<String> steps = new ArrayList<>();
    for (StepView step : system.stateStore().steps(TestStore.ACME, id)) {
      boolean ticket = step.name().endsWith("/approval");
      // A call that was lost with its process was paid for all the same: usage may be more.
      String result =
          ticket
              ? "a ticket"
              : String.valueOf(step.result()).replaceAll(",\"usage\":\\{[^}]*}", "");
      steps.add(step.position() + " " + step.name() + " " + step.state() + " " + result);
    }
    Set<String> keys = new HashSet<>();
    shop.calls().forEach(call -> keys.add(call.what() + call.key().substring(task.id().length())));
    long asked = shop.calls().stream().filter(call -> call.what().equals("model")).count();
    return new Ending(
        task, steps, keys, audited(task.id()), booked(id), asked * CALL_MICROS, spent(id));
  }

  private static Spent spent(TaskId task) {
    budgets.settleAll();
    return store
        .database()
        .inEngine(tx ->
            tx.queryOne(
                    """
                    select (select coalesce(sum(coalesce(actual, amount)), 0)::bigint from budget_reservation
                            where task_id = ? and state in ('applied', 'swept')) as committed,
                           (select sum(reserved)::bigint from budget_window) as reserved
                    """,
                    row -> new Spent(row.longNumber("committed"), row.longNumber("reserved")),
                    task.value())
                .orElseThrow());
  }

  /** What the cost ledger says of a task. */
  private static String booked(TaskId task) {
    return store
        .database()
        .inEngine(tx ->
            tx.queryOne(
                    "select count(*) || ' calls, ' || sum(cost_usd_micros) || ' micro-USD' as said"
                        + " from model_call where task_id = ?",
                    row -> row.text("said"),
                    task.value())
                .orElseThrow());
  }

  /**
   * The decisions and effects that were recorded of a task, each as often as it was; not what was
   * said of money that a crash made the budgets sweep.
   */
  private static List<String> audited(String task) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new io.agentos.runtime.audit.Audit.Filter(null, null, task, Long.MAX_VALUE),
            1_000)
        .stream()
        .filter(entry -> !entry.actor().equals("system:budgets"))
        .map(entry -> entry.type())
        .sorted()
        .toList();
  }
}
