package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.KeyId;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.store.Database;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The roles of those who make requests: a key keeps its role for good, a user has that of the
 * moment.
 *
 * <p>Thread-safe.
 */
final class KeyRoles {
  private static final String PREFIX = "key:";
  private static final String USER_PREFIX = "user:";
  private static final int KEPT_MAX = 10_000;

  private final @Nullable Database database;
  private final Map<Key, Optional<String>> known = new ConcurrentHashMap<>();

  KeyRoles(@Nullable Database database) {
    this.database = database;
  }

  private record Key(TenantId tenant, String principal) {}

  /** The role of a principal; null when it is neither a key nor a user. */
  @Nullable String of(TenantId tenant, String principal) {
    if (database != null && principal.startsWith(USER_PREFIX)) {
      return ofUser(database, tenant, principal.substring(USER_PREFIX.length())).orElse(null);
    }
    if (database == null || !principal.startsWith(PREFIX)) {
      return null;
    }
    Key key = new Key(tenant, principal);
    Optional<String> role = known.get(key);
    if (role == null) {
      role = find(database, tenant, principal.substring(PREFIX.length()));
      if (known.size() >= KEPT_MAX) {
        known.clear();
      }
      known.put(key, role);
    }
    return role.orElse(null);
  }

  private static Optional<String> ofUser(Database database, TenantId tenant, String id) {
    UserId user;
    try {
      user = UserId.parse(id);
    } catch (AgentOsException e) {
      return Optional.empty();
    }
    return database.inTenant(
        tenant,
        tx ->
            tx.queryOne(
                PolicySql.USER_ROLE, row -> row.text("role"), tenant.value(), user.value()));
  }

  private static Optional<String> find(Database database, TenantId tenant, String id) {
    KeyId key;
    try {
      key = KeyId.parse(id);
    } catch (AgentOsException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return database.inTenant(
        tenant,
        tx -> tx.queryOne(PolicySql.ROLE, row -> row.text("role"), tenant.value(), key.value()));
  }
}
