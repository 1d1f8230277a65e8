package io.agentos.runtime.checkpoints;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The logs over which nothing is signed, and why. Each is told once: in the server's log and in the
 * audit log itself, where whoever changed it must leave it or change it again.
 *
 * <p>Thread-safe.
 */
final class Refusals {
  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

  private final Database database;
  private final Audit audit;
  private final Map<TenantId, BrokenLog> refused = new ConcurrentHashMap<>();

  Refusals(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  void add(TenantId tenant, BrokenLog found) {
    BrokenLog before = refused.put(tenant, found);
    if (before != null && before.seq() == found.seq()) {
      return;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "no checkpoint is signed: {0} tenant={1}; compare an export with the checkpoints, see docs/audit.md",
        found.problem(),
        tenant);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("first_bad_seq", String.valueOf(found.seq()));
    facts.put("problem", found.problem());
    AuditEntry entry =
        new AuditEntry(
            tenant, "audit.checkpoint_refused", "system:checkpoints", tenant.value(), facts);
    database.inEngine(tx -> {
      audit.append(tx, List.of(entry));
      return true;
    });
  }

  void remove(TenantId tenant) {
    if (refused.remove(tenant) != null) {
      LOG.log(
          System.Logger.Level.INFO,
          "the log is again the one that was signed; checkpoints go on tenant={0}",
          tenant);
    }
  }

  boolean contains(TenantId tenant) {
    return refused.containsKey(tenant);
  }

  int count() {
    return refused.size();
  }
}
