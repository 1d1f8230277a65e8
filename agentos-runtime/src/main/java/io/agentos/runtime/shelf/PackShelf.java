package io.agentos.runtime.shelf;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packs of this installation as they are now, and which of them a tenant has enabled. A task
 * that was routed keeps the definition it began with, whatever becomes of its pack.
 *
 * <p>Thread-safe.
 */
public final class PackShelf {
  private final Database database;
  private final Audit audit;
  private volatile List<PackDefinition> packs;

  public PackShelf(Database database, Audit audit, List<PackDefinition> packs) {
    this.database = database;
    this.audit = audit;
    this.packs = List.copyOf(packs);
  }

  /** All packs, whoever has enabled them. The same list until they change. */
  public List<PackDefinition> packs() {
    return packs;
  }

  /** Puts others in place of all packs; for tasks that are routed from now on. */
  public void replace(List<PackDefinition> others) {
    packs = List.copyOf(others);
  }

  /** The names of the packs that a tenant has disabled. */
  public Set<String> disabled(TenantId tenant) {
    return database.inTenant(
        tenant,
        tx -> Set.copyOf(tx.query(PackShelfSql.DISABLED, row -> row.text("pack"), tenant.value())));
  }

  /**
   * The packs that a request may be served by. The same list as {@link #packs} where its tenant has
   * disabled none.
   *
   * @throws AgentOsException UNKNOWN_AGENT when it names a pack that is disabled
   */
  public List<PackDefinition> servingPacks(Request request) {
    List<PackDefinition> all = packs;
    Set<String> disabled = disabled(request.tenant());
    if (disabled.isEmpty()) {
      return all;
    }
    String named = namedPack(request.target());
    if (disabled.contains(named)) {
      throw new AgentOsException(
          ErrorCode.UNKNOWN_AGENT,
          "Pack '%s' is disabled for this tenant; enable it with agentos pack enable %s, or name an agent of another pack."
              .formatted(named, named));
    }
    return all.stream().filter(pack -> !disabled.contains(pack.name())).toList();
  }

  /**
   * Enables or disables a pack for a tenant. Tasks that have begun go on; to stop them there is the
   * kill switch. Idempotent.
   *
   * @throws AgentOsException NOT_FOUND for a pack that is not there
   */
  public void set(Tx tx, TenantId tenant, String pack, boolean enabled, String by) {
    if (packs.stream().noneMatch(one -> one.name().equals(pack))) {
      throw new AgentOsException(ErrorCode.NOT_FOUND, "There is no pack of this name.");
    }
    if (tx.update(PackShelfSql.SET, tenant.value(), pack, enabled, by) == 1) {
      audit.append(
          tx,
          List.of(
              new AuditEntry(
                  tenant,
                  "config.changed",
                  by,
                  "pack:" + pack,
                  Map.of("enabled", String.valueOf(enabled)))));
    }
  }

  private static String namedPack(Request.Target target) {
    String pack = target.pack();
    String agent = target.agent();
    if (pack != null) {
      return pack;
    }
    int dot = agent == null ? -1 : agent.indexOf('.');
    return agent == null || dot < 0 ? "" : agent.substring(0, dot);
  }
}
