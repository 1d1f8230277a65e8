package io.agentos.runtime.budgets;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells once of each threshold that a window crosses: {@code alert.firing} for a warning, {@code
 * budget.exceeded} when nothing is left.
 *
 * <p>Thread-safe.
 */
final class Alerts {
  /** Who says so. */
  static final String ACTOR = "system:budgets";

  private static final int ALL = 100;

  private final Audit audit;

  Alerts(Audit audit) {
    this.audit = audit;
  }

  /** What a window holds after something was spent. */
  record Spent(Window window, long overdraft, String warnPercents) {}

  /** Tells of budgets that had to refuse a call for good. */
  void exhausted(Tx tx, List<Reservation> answers) {
    Map<Window.Key, Window> refused = new LinkedHashMap<>();
    for (Reservation answer : answers) {
      if (answer instanceof Reservation.Scarce scarce && !scarce.merelyReserved()) {
        refused.put(scarce.window().key(), scarce.window());
      }
    }
    List<AuditEntry> entries = new ArrayList<>();
    refused
        .values()
        .forEach(window -> {
          if (warnsOfAll(tx, window.key()) && first(tx, window.key(), ALL)) {
            entries.add(entry(window, ALL, 0));
          }
        });
    audit.append(tx, entries);
  }

  /** Tells of thresholds that what was spent has crossed, and gives what to record. */
  List<AuditEntry> crossed(Tx tx, List<Spent> spent) {
    List<AuditEntry> entries = new ArrayList<>();
    for (Spent each : spent) {
      Window window = each.window;
      long used = window.committed() + each.overdraft;
      for (int percent : percents(each.warnPercents)) {
        if (used > 0
            && Math.multiplyHigh(used, 100) == 0
            && used * 100 >= window.limit() * percent
            && first(tx, window.key(), percent)) {
          entries.add(entry(window, percent, each.overdraft));
        }
      }
    }
    return entries;
  }

  private static boolean warnsOfAll(Tx tx, Window.Key key) {
    return tx.queryOne(
            BudgetsSql.WARN_PERCENTS,
            row -> percents(row.text("warn_percents")).contains(ALL),
            key.tenant().value(),
            key.budget().value())
        .orElse(false);
  }

  private static List<Integer> percents(String text) {
    return text.isEmpty()
        ? List.of()
        : Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
  }

  private static boolean first(Tx tx, Window.Key key, int percent) {
    return tx.queryOne(
            BudgetsSql.ALERT,
            row -> true,
            key.tenant().value(),
            key.budget().value(),
            key.start(),
            percent)
        .isPresent();
  }

  private static AuditEntry entry(Window window, int percent, long overdraft) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("scope", window.scope().text());
    facts.put("target", window.target());
    facts.put("window", window.period().label(window.key().start()));
    facts.put("percent", String.valueOf(percent));
    facts.put("limit_usd_micros", String.valueOf(window.limit()));
    facts.put("committed_usd_micros", String.valueOf(window.committed()));
    facts.put("reserved_usd_micros", String.valueOf(window.reserved()));
    facts.put("overdraft_usd_micros", String.valueOf(overdraft));
    TenantId tenant = window.key().tenant();
    String type = percent == ALL ? "budget.exceeded" : "alert.firing";
    return new AuditEntry(tenant, type, ACTOR, window.key().budget().toString(), facts);
  }
}
