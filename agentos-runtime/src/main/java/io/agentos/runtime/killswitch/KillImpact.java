package io.agentos.runtime.killswitch;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.StoredBody;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a kill switch would stop, before it is engaged.
 *
 * <p>Thread-safe.
 */
public final class KillImpact {
  private final Database database;
  private final DataKeys keys;

  public KillImpact(Database database, DataKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /**
   * How many tasks a switch would reach now. For the scopes tool, provider and model only what is
   * seen now can be counted: calls under way, and for a tool those a person is asked about; others
   * park when they come to it.
   *
   * @param running run on a node; those in a covered call are interrupted
   * @param queued have never run
   * @param waiting wait for something, such as a person, and would be held when it comes
   */
  public record Impact(long running, long queued, long waiting) {}

  /** Counts, and changes nothing. The scope global counts the tasks of all tenants. */
  public Impact of(TenantId tenant, Scope scope, String target) {
    return scope == Scope.GLOBAL
        ? database.inControlOfAll(tx -> ofAll(tx))
        : database.inControl(tenant, tx -> ofTenant(tx, tenant, scope, target));
  }

  private static Impact ofAll(Tx tx) {
    return sum(tx.query(ImpactSql.ALL, KillImpact::read));
  }

  private Impact ofTenant(Tx tx, TenantId tenant, Scope scope, String target) {
    String of = tenant.value();
    return switch (scope) {
      case GLOBAL -> throw new IllegalArgumentException("all tenants are counted by the engine");
      case TENANT, PACK, AGENT, TASK -> {
        UUID task = scope == Scope.TASK ? TaskId.parse(target).value() : null;
        yield sum(
            tx.query(
                ImpactSql.BY_ROW,
                KillImpact::read,
                of,
                of,
                of,
                scope.text(),
                target,
                target,
                target,
                task));
      }
      case TOOL, PROVIDER, MODEL -> byCall(tx, tenant, scope, target);
    };
  }

  private Impact byCall(Tx tx, TenantId tenant, Scope scope, String target) {
    TenantKeys own = keys.in(tx, tenant);
    long running =
        tx.query(ImpactSql.IN_CALL, row -> calls(own, row, scope), tenant.value()).stream()
            .filter(target::equals)
            .count();
    long asked = scope == Scope.TOOL ? count(tx, ImpactSql.ASKED, tenant.value(), target) : 0;
    return new Impact(running, 0, asked);
  }

  /** The tool, provider or model that a line says is being called; empty for none. */
  private static String calls(TenantKeys keys, Row row, Scope scope) {
    TaskKey key = keys.of(new TaskId(row.uuid("task_id")), row);
    if (key.isErased()) {
      return "";
    }
    String body = StoredBody.of(row).open(key, row.number("seq"), 1);
    Object called = Json.readObject(body).get(scope.text());
    return called == null ? "" : called.toString();
  }

  private static long count(Tx tx, String sql, @Nullable Object... parameters) {
    return tx.queryOne(sql, row -> row.longNumber("tasks"), parameters).orElse(0L);
  }

  private static Impact read(Row row) {
    return new Impact(
        row.longNumber("running"), row.longNumber("queued"), row.longNumber("waiting"));
  }

  private static Impact sum(List<Impact> impacts) {
    return impacts.stream().findFirst().orElse(new Impact(0, 0, 0));
  }
}
