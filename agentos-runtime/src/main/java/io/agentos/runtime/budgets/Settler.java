package io.agentos.runtime.budgets;

import io.agentos.api.AuditEntry;
import io.agentos.api.BudgetId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Brings what calls did cost from their reservations into the windows, each once, and charges
 * reservations that nobody holds any more. Any number of nodes may do so at once: each takes rows
 * that no other has.
 *
 * <p>Thread-safe.
 */
final class Settler {
  private static final int ROWS_MAX = 500;

  private final Database database;
  private final Audit audit;
  private final Alerts alerts;

  Settler(Database database, Audit audit, Alerts alerts) {
    this.database = database;
    this.audit = audit;
    this.alerts = alerts;
  }

  /** The name of a reservation. */
  private record Key(TenantId tenant, TaskId task, int position, int attempt) {}

  private record Due(Key key, String step, long amount, long actual, List<Window.Key> windows) {}

  /** What one window gets back, and what is booked on it. */
  private record Change(long released, long spent, long extra) {
    static final Change NONE = new Change(0, 0, 0);

    Change plus(Due due) {
      return new Change(
          released + due.amount,
          spent + Math.min(due.actual, due.amount),
          extra + Math.max(0, due.actual - due.amount));
    }

    long all() {
      return spent + extra;
    }
  }

  /** Applies what was settled, as much as fits one transaction; returns how many calls. */
  int settle() {
    return database.inEngine(
        tx -> apply(tx, tx.query(BudgetsSql.SETTLED, Settler::due, ROWS_MAX), false));
  }

  /** Charges what is held by nobody in full; returns how many calls. */
  int sweep() {
    return database.inEngine(
        tx -> apply(tx, tx.query(BudgetsSql.LEAKED, Settler::due, ROWS_MAX), true));
  }

  /** Whether there is still something to do, of which another node may have a part in hand. */
  boolean pending() {
    return database.inEngine(
        tx -> tx.queryOne(BudgetsSql.PENDING, row -> row.flag("pending")).orElse(false));
  }

  private int apply(Tx tx, List<Due> rows, boolean swept) {
    List<Due> dues = merged(rows);
    if (dues.isEmpty()) {
      return 0;
    }
    Map<Window.Key, Change> changes = new TreeMap<>(Windows.ORDER);
    for (Due due : dues) {
      due.windows.forEach(
          window -> changes.merge(window, Change.NONE.plus(due), (old, _) -> old.plus(due)));
    }
    List<Window.Key> keys = List.copyOf(changes.keySet());
    tx.query(
        BudgetsSql.LOCK,
        row -> true,
        Windows.tenants(keys),
        Windows.budgets(keys),
        Windows.starts(keys));
    List<Alerts.Spent> spent = change(tx, keys, changes);
    end(tx, dues);
    hours(tx, keys, changes);
    List<AuditEntry> entries = new ArrayList<>(alerts.crossed(tx, spent));
    dues.stream()
        .filter(due -> swept || due.actual > due.amount)
        .forEach(due -> entries.add(entry(due, swept)));
    audit.append(tx, entries);
    return dues.size();
  }

  private static List<Alerts.Spent> change(
      Tx tx, List<Window.Key> keys, Map<Window.Key, Change> changes) {
    return tx.query(
        BudgetsSql.APPLY,
        Settler::spent,
        Windows.tenants(keys),
        Windows.budgets(keys),
        Windows.starts(keys),
        changes.values().stream().map(Change::released).toArray(Long[]::new),
        changes.values().stream().map(Change::spent).toArray(Long[]::new),
        changes.values().stream().map(Change::extra).toArray(Long[]::new));
  }

  private static void end(Tx tx, List<Due> dues) {
    int ended =
        tx.update(
            BudgetsSql.END,
            dues.stream().map(due -> due.key.tenant.value()).toArray(String[]::new),
            dues.stream().map(due -> due.key.task.value()).toArray(UUID[]::new),
            dues.stream().map(due -> due.key.position).toArray(Integer[]::new),
            dues.stream().map(due -> due.key.attempt).toArray(Integer[]::new));
    if (ended != dues.size()) {
      throw new IllegalStateException(
          "%d reservations were locked, %d ended".formatted(dues.size(), ended));
    }
  }

  private static void hours(Tx tx, List<Window.Key> keys, Map<Window.Key, Change> changes) {
    tx.update(
        BudgetsSql.HOUR,
        Windows.tenants(keys),
        Windows.budgets(keys),
        changes.values().stream().map(Change::all).toArray(Long[]::new));
  }

  /** One entry for each call, for rows come one for each of its windows. */
  private static List<Due> merged(List<Due> rows) {
    Map<Key, Due> dues = new LinkedHashMap<>();
    for (Due row : rows) {
      dues.merge(
          row.key,
          row,
          (one, other) -> {
            List<Window.Key> windows = new ArrayList<>(one.windows);
            windows.addAll(other.windows);
            return new Due(one.key, one.step, one.amount, one.actual, windows);
          });
    }
    return List.copyOf(dues.values());
  }

  private static Due due(Row row) {
    TenantId tenant = new TenantId(row.text("tenant_id"));
    return new Due(
        new Key(
            tenant, new TaskId(row.uuid("task_id")), row.number("position"), row.number("attempt")),
        row.text("step"),
        row.longNumber("amount"),
        row.longNumber("actual"),
        List.of(
            new Window.Key(
                tenant, new BudgetId(row.uuid("budget_id")), row.instant("window_start"))));
  }

  private static Alerts.Spent spent(Row row) {
    return new Alerts.Spent(
        new Window(
            new Window.Key(
                new TenantId(row.text("tenant_id")),
                new BudgetId(row.uuid("budget_id")),
                row.instant("window_start")),
            Scope.of(row.text("scope")),
            row.text("target"),
            Period.of(row.text("period")),
            row.longNumber("limit_usd_micros"),
            row.longNumber("committed"),
            row.longNumber("reserved")),
        row.longNumber("overdraft"),
        row.text("warn_percents"));
  }

  /** A call that cost more than it reserved, or of which nobody knows what it cost. */
  private static AuditEntry entry(Due due, boolean swept) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("step", due.step);
    facts.put("attempt", String.valueOf(due.key.attempt));
    facts.put("reserved_usd_micros", String.valueOf(due.amount));
    facts.put("cost_usd_micros", String.valueOf(due.actual));
    facts.put(
        "reason",
        swept
            ? "the call ended with its process; all that it reserved is charged"
            : "the call cost more than it reserved");
    return new AuditEntry(
        due.key.tenant,
        swept ? "budget.settled" : "budget.exceeded",
        Alerts.ACTOR,
        due.key.task.toString(),
        facts);
  }
}
