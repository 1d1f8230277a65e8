package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every version of the policies that was ever in use: a bounded number in memory, all in Postgres.
 *
 * <p>Thread-safe.
 */
final class PolicyVersions {
  private static final int ENGINES_MAX = 128;
  private static final int STORED_MAX = 10_000;

  private final @Nullable Database database;
  private final Map<Name, PolicyEngine> engines =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, PolicyEngine> eldest) {
          return size() > ENGINES_MAX;
        }
      };
  private final Set<Name> stored = ConcurrentHashMap.newKeySet();

  PolicyVersions(@Nullable Database database) {
    this.database = database;
  }

  private record Name(TenantId tenant, String version) {}

  /** Keeps a version, so that what begins with it can go on with it. */
  void keep(TenantId tenant, PolicyEngine engine) {
    Name name = new Name(tenant, engine.version());
    if (database == null || stored.contains(name)) {
      return;
    }
    String body = Json.write(engine.policies());
    database.inTenantDo(
        tenant, tx -> tx.update(PolicySql.STORE_VERSION, tenant.value(), engine.version(), body));
    remember(name, engine);
    if (stored.size() >= STORED_MAX) {
      stored.clear();
    }
    stored.add(name);
  }

  /**
   * The engine of a version.
   *
   * @throws AgentOsException NOT_FOUND when it was never in use
   */
  PolicyEngine engine(TenantId tenant, String version) {
    Name name = new Name(tenant, version);
    synchronized (engines) {
      PolicyEngine known = engines.get(name);
      if (known != null) {
        return known;
      }
    }
    if (database == null) {
      throw new IllegalStateException("no versions are kept");
    }
    String body =
        database
            .inTenant(
                tenant,
                tx ->
                    tx.queryOne(
                        PolicySql.VERSION, row -> row.text("body"), tenant.value(), version))
            .orElseThrow(() ->
                new AgentOsException(
                    ErrorCode.NOT_FOUND, "No policy version %s.".formatted(version)));
    PolicyEngine engine = new PolicyEngine(List.of(Json.read(body, Policy[].class)));
    if (!engine.version().equals(version)) {
      throw new AgentOsException(
          ErrorCode.INTERNAL,
          "Policy version %s reads as %s.".formatted(version, engine.version()));
    }
    remember(name, engine);
    return engine;
  }

  private void remember(Name name, PolicyEngine engine) {
    synchronized (engines) {
      engines.put(name, engine);
    }
  }
}
