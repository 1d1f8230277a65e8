package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refused deliveries on their way to the audit log. They are written a moment later and counted
 * together: so the answer to a refused delivery takes as long for a source that is there as for one
 * that is not, and a flood of forged deliveries is a few entries and no queue at the log's head.
 *
 * <p>Thread-safe. What a process that is killed has not written yet is lost: a second's worth.
 */
final class Rejections {
  private static final System.Logger LOG = System.getLogger(Rejections.class.getName());

  /** How many kinds are told apart between two writes; the rest is counted under the first. */
  private static final int KINDS_MAX = 1_000;

  private final Database database;
  private final Audit audit;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Kind, Integer> counts = new LinkedHashMap<>();

  Rejections(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  private record Kind(TenantId tenant, String source, String reason) {}

  void add(TenantId tenant, String source, String reason) {
    add(new Kind(tenant, source, reason), 1);
  }

  private void add(Kind kind, int count) {
    lock.lock();
    try {
      if (counts.size() < KINDS_MAX || counts.containsKey(kind)) {
        counts.merge(kind, count, Integer::sum);
      } else {
        counts.merge(counts.keySet().iterator().next(), count, Integer::sum);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what has gathered. Returns how many entries. */
  int write() {
    Map<Kind, Integer> taken;
    lock.lock();
    try {
      taken = counts;
      counts = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
    Map<TenantId, Map<Kind, Integer>> byTenant = new LinkedHashMap<>();
    taken.forEach((kind, count) ->
        byTenant.computeIfAbsent(kind.tenant(), _ -> new LinkedHashMap<>()).put(kind, count));
    return byTenant.values().stream().mapToInt(this::write).sum();
  }

  /** One tenant's; what cannot be written because Postgres is away, waits. */
  private int write(Map<Kind, Integer> kinds) {
    List<AuditEntry> entries = new ArrayList<>();
    kinds.forEach((kind, count) -> entries.add(entry(kind, count)));
    try {
      database.inEngine(tx -> {
        audit.append(tx, entries);
        return true;
      });
      return entries.size();
    } catch (AgentOsException e) {
      LOG.log(System.Logger.Level.WARNING, "rejections not recorded yet: {0}", e.code());
      if (e.code().retriable()) {
        kinds.forEach(this::add);
      }
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "rejections of a tenant without an audit log dropped");
    }
    return 0;
  }

  private static AuditEntry entry(Kind kind, int count) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("reason", kind.reason());
    facts.put("count", String.valueOf(count));
    return new AuditEntry(
        kind.tenant(), "webhook.rejected", "webhook:" + kind.source(), kind.source(), facts);
  }
}
