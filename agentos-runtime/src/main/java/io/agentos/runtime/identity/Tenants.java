package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Identity.Created;
import io.agentos.runtime.identity.Identity.NewKey;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of an installation, which the tenant {@code default} owns: its administrators alone
 * make and disable others. A tenant is never deleted; a disabled one lets nobody in, and keeps what
 * it has.
 *
 * <p>Thread-safe.
 */
public final class Tenants {
  private final Database database;
  private final Identity identity;
  private final Audit audit;

  public Tenants(Database database, Identity identity, Audit audit) {
    this.database = database;
    this.identity = identity;
    this.audit = audit;
  }

  /** A tenant as it is listed. */
  public record Tenant(String id, Instant createdAt, @Nullable Instant disabledAt) {}

  /** A tenant that was just made, with the key of its first administrator. */
  public record Made(Tenant tenant, Created key) {}

  /**
   * Tenants after {@code after} by name: all for the owner of the installation, its own one for
   * everybody else.
   */
  public List<Tenant> list(Principal by, String after, int limit) {
    String only = owns(by) ? null : by.tenant().value();
    return database.inEngine(
        tx -> tx.query(IdentitySql.LIST_TENANTS, Tenants::tenant, after, only, only, limit));
  }

  /**
   * Makes a tenant and a key for its first administrator.
   *
   * @throws AgentOsException FORBIDDEN for all but the owner of the installation, and for a key
   *     that is not itself all that an administrator is; CONFLICT where there is a tenant of this
   *     name
   */
  public Made create(Principal by, TenantId tenant) {
    mustOwn(by);
    Delegation.mustHold(by, Role.ADMIN);
    return database.inEngine(tx -> {
      if (tx.update(IdentitySql.CREATE_TENANT, tenant.value()) == 0) {
        throw new AgentOsException(
            ErrorCode.CONFLICT, "There is a tenant '%s' already.".formatted(tenant));
      }
      tx.update(IdentitySql.CREATE_CHAIN, tenant.value());
      Created key = identity.createKey(tx, tenant, new NewKey("admin", Role.ADMIN, null), by.id());
      audit.append(
          tx,
          List.of(
              new AuditEntry(
                  TenantId.DEFAULT, "tenant.created", by.id(), tenant.value(), Map.of())));
      Tenant made =
          tx.queryOne(IdentitySql.ONE_TENANT, Tenants::tenant, tenant.value()).orElseThrow();
      return new Made(made, key);
    });
  }

  /**
   * Lets nobody of a tenant in any more; doing so twice changes nothing. What runs there is stopped
   * by a kill switch.
   *
   * @throws AgentOsException NOT_FOUND for who does not own the installation, as for a tenant that
   *     is not there; CONFLICT for the tenant that owns the installation
   */
  public void disable(Principal by, String name) {
    if (!owns(by)) {
      throw notFound(name);
    }
    if (name.equals(TenantId.DEFAULT.value())) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "The tenant '%s' owns the installation and stays.".formatted(TenantId.DEFAULT));
    }
    database.inEngine(tx -> {
      if (tx.queryOne(IdentitySql.ONE_TENANT, row -> true, name).isEmpty()) {
        throw notFound(name);
      }
      if (tx.update(IdentitySql.DISABLE_TENANT, name) == 1) {
        audit.append(
            tx,
            List.of(new AuditEntry(TenantId.DEFAULT, "tenant.disabled", by.id(), name, Map.of())));
      }
      return true;
    });
  }

  private static boolean owns(Principal by) {
    return by.tenant().equals(TenantId.DEFAULT);
  }

  private static void mustOwn(Principal by) {
    if (!owns(by)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Tenants are made by administrators of tenant '%s', which owns the installation."
              .formatted(TenantId.DEFAULT));
    }
  }

  private static AgentOsException notFound(String name) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND,
        TenantId.isName(name)
            ? "There is no tenant '%s'.".formatted(name)
            : "There is no such tenant.");
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        row.text("tenant_id"), row.instant("created_at"), row.optionalInstant("disabled_at"));
  }
}
