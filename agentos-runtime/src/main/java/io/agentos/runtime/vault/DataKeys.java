package io.agentos.runtime.vault;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Tx;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that seal what tasks are given and say: one per subject, or per task that names none.
 * Each is wrapped by its tenant's key, which the master key wraps. Destroying one makes all that
 * was sealed under it unreadable for good, wherever copies of it are.
 *
 * <p>Only tenants' keys are remembered between transactions. A data key is read in the transaction
 * that needs it, so that one that was destroyed is destroyed for every node at once.
 *
 * <p>Thread-safe.
 */
public final class DataKeys {
  private static final int TENANTS_MAX = 10_000;
  private static final String PLACE = "tenant_key";

  private final Vault vault;
  private final ConcurrentHashMap<TenantId, KeyMaterial> tenants = new ConcurrentHashMap<>();

  public DataKeys(Vault vault) {
    this.vault = vault;
  }

  /**
   * The keys of a tenant, to open and seal what its tasks have; for any role.
   *
   * @throws AgentOsException ENVIRONMENT when the tenant's key does not open with the master key
   */
  public TenantKeys in(Tx tx, TenantId tenant) {
    return new TenantKeys(tenant, find(tx, tenant).orElse(null));
  }

  /** The same to make new ones; in a transaction of the tenant. */
  public TenantKeys toExtend(Tx tx, TenantId tenant) {
    Optional<KeyMaterial> known = find(tx, tenant);
    if (known.isEmpty()) {
      tx.update(
          DataKeysSql.NEW_TENANT_KEY,
          tenant.value(),
          vault.seal(tenant, PLACE, KeyMaterial.random()));
      known = find(tx, tenant);
    }
    return new TenantKeys(
        tenant,
        known.orElseThrow(() ->
            new AgentOsException(
                ErrorCode.INTERNAL,
                "Tenant %s has no key though it was just made.".formatted(tenant))));
  }

  private Optional<KeyMaterial> find(Tx tx, TenantId tenant) {
    KeyMaterial known = tenants.get(tenant);
    if (known != null) {
      return Optional.of(known);
    }
    return tx.queryOne(
        DataKeysSql.TENANT_KEY,
        row -> {
          KeyMaterial found = new KeyMaterial(vault.open(tenant, PLACE, row.bytes("wrapped")));
          if (!row.flag("own")) {
            remember(tenant, found);
          }
          return found;
        },
        tenant.value());
  }

  private void remember(TenantId tenant, KeyMaterial found) {
    if (tenants.size() >= TENANTS_MAX) {
      tenants.clear();
    }
    tenants.put(tenant, found);
  }
}
