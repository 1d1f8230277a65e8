package io.agentos.runtime.budgets;

import io.agentos.api.BudgetId;
import io.agentos.api.TenantId;
import java.time.Instant;

/**
 * One budget in one of its periods, as it stood at one time. Money in micros.
 *
 * @param target the name of what it covers; empty for the whole tenant
 * @param limit committed and reserved together are never above it
 * @param committed what was spent
 * @param reserved what calls under way may still spend
 */
public record Window(
    Key key, Scope scope, String target, Period period, long limit, long committed, long reserved) {

  /** The name of a window; these sort in the order in which windows are locked. */
  public record Key(TenantId tenant, BudgetId budget, Instant start) {}

  /** What can be reserved now; never negative. */
  public long left() {
    return Math.max(0, limit - committed - reserved);
  }

  /** What could be reserved if all calls under way cost nothing; never negative. */
  public long unspent() {
    return Math.max(0, limit - committed);
  }

  /** Which budget this is, for people, such as {@code bud_… of agent a.b for 2026-11}. */
  String name() {
    String whose = scope == Scope.TENANT ? key.tenant().value() : target;
    return "%s of %s %s for %s"
        .formatted(key.budget(), scope.text(), whose, period.label(key.start()));
  }

  /** How it stands, for people. */
  String standing() {
    return "limit %s, spent %s, reserved %s"
        .formatted(Money.text(limit), Money.text(committed), Money.text(reserved));
  }

  Window taking(long amount) {
    return new Window(key, scope, target, period, limit, committed, reserved + amount);
  }
}
