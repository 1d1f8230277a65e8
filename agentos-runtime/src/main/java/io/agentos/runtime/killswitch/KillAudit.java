package io.agentos.runtime.killswitch;

import io.agentos.api.AuditEntry;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit log of kill switches. That one is engaged or acknowledged is marked in its row
 * and written after: the chain of a busy tenant may be locked, and stopping must not wait for it.
 * What one node leaves unwritten another writes, once.
 *
 * <p>Thread-safe.
 */
final class KillAudit {
  private final Database database;
  private final Audit audit;

  KillAudit(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Writes what is not yet written. */
  void catchUp() {
    database.inControlOfAll(tx -> {
      List<AuditEntry> entries = new ArrayList<>();
      tx.query(KillSwitchSql.TAKE_UNAUDITED, KillSwitches::read)
          .forEach(engaged -> entries.add(engaged(engaged)));
      entries.addAll(tx.query(KillSwitchSql.TAKE_UNAUDITED_WORDS, KillAudit::acknowledged));
      audit.append(tx, entries);
      return true;
    });
  }

  /** Writes that a switch is released, and that it was engaged where that is not yet written. */
  void released(Tx tx, KillSwitch released, String by, @Nullable Integer perMinute) {
    List<AuditEntry> entries = new ArrayList<>();
    String tenant = released.tenant().value();
    if (tx.update(KillSwitchSql.TAKE_ONE_UNAUDITED, tenant, released.id().value()) == 1) {
      entries.add(engaged(released));
    }
    Map<String, String> facts = facts(released);
    if (perMinute != null) {
      facts.put("per_minute", perMinute.toString());
    }
    entries.add(
        new AuditEntry(released.tenant(), "kill.released", by, released.id().toString(), facts));
    audit.append(tx, entries);
  }

  private static AuditEntry engaged(KillSwitch engaged) {
    return new AuditEntry(
        engaged.tenant(),
        "kill.engaged",
        engaged.engagedBy(),
        engaged.id().toString(),
        facts(engaged));
  }

  private static AuditEntry acknowledged(Row row) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("epoch", String.valueOf(row.longNumber("epoch")));
    facts.put("stopped", String.valueOf(row.number("stopped")));
    facts.put("latency_ms", String.valueOf(row.longNumber("latency_ms")));
    return new AuditEntry(
        new TenantId(row.text("tenant_id")),
        "kill.acknowledged",
        "node:" + row.uuid("node_id"),
        new KillSwitchId(row.uuid("kill_id")).toString(),
        facts);
  }

  private static Map<String, String> facts(KillSwitch killSwitch) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("scope", killSwitch.scope().text());
    facts.put("target", killSwitch.target());
    facts.put("reason", killSwitch.reason());
    facts.put("epoch", String.valueOf(killSwitch.epoch()));
    if (killSwitch.drill()) {
      facts.put("drill", "true");
    }
    if (killSwitch.trigger() != null) {
      facts.put("trigger", killSwitch.trigger());
    }
    return facts;
  }
}
