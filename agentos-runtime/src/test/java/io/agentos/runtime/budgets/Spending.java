package io.agentos.runtime.budgets;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.vault.DataKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tasks that spend, and what the budgets say of it. */
final class Spending {
  static final AgentId AGENT = AgentId.parse("shop.keeper");

  private final Database database;
  private final Audit audit;
  private final DataKeys keys = new DataKeys(TestStore.newVault());

  Spending(TestStore store) {
    this(store.database(), store.audit());
  }

  Spending(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Sets a budget of the tenant acme. */
  Budget set(Scope scope, String target, Period period, long limit) {
    return order(scope, target, period, Optional.of(limit)).orElseThrow();
  }

  Optional<Budget> order(Scope scope, String target, Period period, Optional<Long> limit) {
    BudgetBook book = new BudgetBook(database, audit);
    Budget.Order order =
        new Budget.Order(
            scope, target, period, limit, Budget.WARN_PERCENTS_DEFAULT, "key:operator");
    return database.inTenant(TestStore.ACME, tx -> book.set(tx, TestStore.ACME, order));
  }

  /** A task that {@code owner} runs in its first epoch. */
  StepKey running(UUID owner) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            TestStore.ACME,
            task,
            "key:test",
            new Request.Target(null, null, null),
            new TaskInput.Text("spend"),
            5,
            null,
            null,
            Map.of(),
            null);
    database.inTenantDo(
        TestStore.ACME, tx -> new StateStore(database, keys).create(tx, request, "spend/1"));
    own(task, owner);
    return new StepKey(TestStore.ACME, task, 1, "turn-1/model");
  }

  /** Gives the task to somebody, in its next epoch. */
  void own(TaskId task, UUID owner) {
    database.inEngine(tx ->
        tx.update(
            """
            update task set owner = ?, epoch = epoch + 1, state = 'running', ready = false
            where task_id = ?
            """,
            owner,
            task.value()));
  }

  /** Gives the tasks of a dead process away, as another node does after the lease. */
  void takeOver(UUID owner) {
    database.inEngine(
        tx -> tx.update("update task set owner = null, ready = true where owner = ?", owner));
  }

  static Spender spender(StepKey key) {
    return new Spender(key.tenant(), AGENT, key.task());
  }

  /** Commits what settles a call, as a journal would. */
  void settle(StepKey key, int attempt, long micros) {
    var write = Budgets.settle(key, attempt, micros);
    database.inEngine(tx -> {
      tx.updateEach(write.sql(), List.of(write));
      return true;
    });
  }

  /** {@code limit committed reserved overdraft} of the window of a budget, or nothing. */
  String window(Budget budget) {
    return database.inEngine(tx ->
        tx.queryOne(
                """
                select limit_usd_micros || ' ' || committed || ' ' || reserved || ' ' || overdraft as said
                from budget_window where budget_id = ?
                """,
                row -> row.text("said"),
                budget.window().key().budget().value())
            .orElse(""));
  }

  /** The types of audit entries about {@code subject}, in their order. */
  List<String> audited(String subject) {
    return audit
        .list(database, TestStore.ACME, new Audit.Filter(null, null, subject, Long.MAX_VALUE), 100)
        .reversed()
        .stream()
        .map(entry -> entry.type())
        .toList();
  }
}
