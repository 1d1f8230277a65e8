package io.agentos.runtime.budgets;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.BudgetId;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sets and shows the budgets of a tenant.
 *
 * <p>Thread-safe.
 */
public final class BudgetBook {
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;
  private final Audit audit;

  public BudgetBook(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * Makes, changes or ends the budget of this scope, target and period; holds from the commit of
   * the transaction on. What is spent and reserved in the present period counts on.
   *
   * @return empty when it was ended
   */
  public Optional<Budget> set(Tx tx, TenantId tenant, Budget.Order order) {
    String scope = order.scope().text();
    String period = order.period().text();
    Optional<String> before =
        tx.queryOne(
            BookSql.BEFORE, row -> row.text("was"), tenant.value(), scope, order.target(), period);
    if (before.isEmpty() && order.limit().isEmpty()) {
      return Optional.empty();
    }
    BudgetId id =
        tx.queryOne(
                BookSql.SET,
                row -> new BudgetId(row.uuid("budget_id")),
                tenant.value(),
                BudgetId.next().value(),
                scope,
                order.target(),
                period,
                order.limit().orElse(null),
                order.warnPercents().toArray(Integer[]::new),
                order.by(),
                order.by())
            .orElseThrow();
    tx.update(BookSql.LIMIT_WINDOW, tenant.value(), id.value());
    audit.append(tx, List.of(changed(tenant, id, order, before.orElse(""))));
    return list(tx, tenant, FIRST, id, 1).stream().findFirst();
  }

  /** Budgets in force with ids after {@code after}, in the order of their ids. */
  public List<Budget> list(TenantId tenant, @Nullable UUID after, int limit) {
    return database.inTenant(
        tenant, tx -> list(tx, tenant, after == null ? FIRST : after, null, limit));
  }

  /**
   * Refuses a task of which it is known already that nothing is left to pay it.
   *
   * @param pack empty when the task names none
   * @param agent as {@code PACK.AGENT}; empty when the task names none
   * @throws AgentOsException BUDGET_EXHAUSTED
   */
  public void mustHaveSomethingLeft(TenantId tenant, String pack, String agent) {
    Optional<Window> spent =
        database.inTenant(
            tenant,
            tx -> tx.queryOne(BookSql.SPENT, BudgetBook::window, tenant.value(), pack, agent));
    if (spent.isPresent()) {
      throw new AgentOsException(
          ErrorCode.BUDGET_EXHAUSTED,
          "Budget %s: %s; nothing is left. Raise the budget or wait for its next period."
              .formatted(spent.get().name(), spent.get().standing()));
    }
  }

  private static List<Budget> list(
      Tx tx, TenantId tenant, UUID after, @Nullable BudgetId only, int limit) {
    UUID one = only == null ? null : only.value();
    return tx.query(BookSql.LIST, BudgetBook::budget, tenant.value(), after, one, one, limit);
  }

  private static Budget budget(Row row) {
    Window window = window(row);
    Instant now = row.instant("asked_at");
    Instant end = window.period().end(window.key().start()).orElse(null);
    Forecast.Lately lately =
        new Forecast.Lately(
            row.longNumber("week"),
            orNow(row.optionalInstant("week_since"), now),
            row.longNumber("hour"),
            row.longNumber("before"),
            orNow(row.optionalInstant("before_since"), now));
    long spent = window.committed() + row.longNumber("overdraft");
    return new Budget(
        window,
        end,
        row.longNumber("overdraft"),
        Stream.of(row.text("warn_percents").split(",", -1))
            .filter(percent -> !percent.isEmpty())
            .map(Integer::valueOf)
            .toList(),
        end == null ? null : Forecast.of(spent, window.key().start(), end, now, lately),
        lately.hour(),
        Forecast.hourlyMean(lately, now).orElse(null),
        Forecast.spike(lately, now),
        row.text("changed_by"),
        row.instant("changed_at"));
  }

  private static Window window(Row row) {
    return new Window(
        new Window.Key(
            new TenantId(row.text("tenant_id")),
            new BudgetId(row.uuid("budget_id")),
            row.instant("window_start")),
        Scope.of(row.text("scope")),
        row.text("target"),
        Period.of(row.text("period")),
        row.longNumber("limit_usd_micros"),
        row.longNumber("committed"),
        row.longNumber("reserved"));
  }

  private static Instant orNow(@Nullable Instant since, Instant now) {
    return since == null ? now : since;
  }

  private static AuditEntry changed(
      TenantId tenant, BudgetId id, Budget.Order order, String before) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", "budget");
    facts.put("scope", order.scope().text());
    facts.put("target", order.target());
    facts.put("period", order.period().text());
    facts.put("limit_usd_micros", order.limit().map(String::valueOf).orElse("none"));
    facts.put("limit_usd_micros_before", before.isEmpty() ? "none" : before);
    facts.put("warn_percents", order.warnPercents().toString());
    return new AuditEntry(tenant, "config.changed", order.by(), id.toString(), facts);
  }
}
