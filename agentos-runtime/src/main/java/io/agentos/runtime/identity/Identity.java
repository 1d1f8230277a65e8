package io.agentos.runtime.identity;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Ids;
import io.agentos.api.KeyId;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * API keys, {@code aos_<id>_<secret>}, and who holds them. Only a hash of a key is stored. A key
 * that is revoked, or whose user or tenant is disabled, is refused from the next request on.
 *
 * <p>Thread-safe.
 */
public final class Identity {
  private static final String PREFIX = "aos";

  private final Database database;
  private final Audit audit;
  private final LastUse lastUse;

  public Identity(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
    this.lastUse = new LastUse(database);
  }

  /**
   * A key as it is listed; the secret is never shown again.
   *
   * @param prefix how the key begins, by which it is found again where it is used
   * @param user whose own key it is; null for nobody's
   * @param scopes null for all of its role
   * @param lastUsedAt to the minute; null for never
   */
  public record KeyView(
      String id,
      String prefix,
      String name,
      String role,
      @Nullable String agent,
      @Nullable String user,
      @Nullable List<String> scopes,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /**
   * What a key is to be.
   *
   * @param role the most it may do; of a user's own key never more than the user
   * @param agent the agent that will hold it, and so never decides, stops or changes rules; null
   *     for a person or a program
   * @param user whose own key it is, which acts as this user; null for nobody's
   */
  public record NewKey(
      String name,
      Role role,
      @Nullable Instant expiresAt,
      @Nullable AgentId agent,
      @Nullable UserId user,
      Scopes scopes) {
    /** A key that is no agent's. */
    public NewKey(String name, Role role, @Nullable Instant expiresAt) {
      this(name, role, expiresAt, null);
    }

    /** A key that is no user's, with all of its role. */
    public NewKey(String name, Role role, @Nullable Instant expiresAt, @Nullable AgentId agent) {
      this(name, role, expiresAt, agent, null, Scopes.ALL);
    }

    public NewKey {
      if (name.isBlank() || name.length() > 200) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST, "A key's name has 1 to 200 characters.");
      }
      if (agent != null && user != null) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST, "A key belongs to an agent or to a user, not to both.");
      }
    }

    /** The same as the own key of a user. */
    NewKey of(UserId owner) {
      return new NewKey(name, role, expiresAt, agent, owner, scopes);
    }
  }

  /** A key that was just made, with its secret. */
  public record Created(KeyId id, String secret, @Nullable UserId user) {}

  /** Makes sure that a tenant is there, with an empty audit chain. Idempotent. */
  public void createTenant(TenantId tenant) {
    database.inEngine(tx -> {
      tx.update(IdentitySql.CREATE_TENANT, tenant.value());
      return tx.update(IdentitySql.CREATE_CHAIN, tenant.value());
    });
  }

  /**
   * Makes a key on behalf of somebody. A key that a person makes, and that is no agent's, is its
   * own unless it says whose: else one person could decide twice.
   *
   * @throws AgentOsException FORBIDDEN when the key could do more, or live longer, than who makes
   *     it, or when it would be the own key of somebody else, which only who may set users makes;
   *     INVALID_REQUEST for a user that is not there
   */
  public Created createKey(Tx tx, Principal maker, NewKey wanted) {
    NewKey key = Delegation.checked(tx, maker, wanted);
    return createKey(tx, maker.tenant(), key, maker.id());
  }

  /** Makes a key that nobody's rights bound: for the installation itself. */
  public Created createKey(Tx tx, TenantId tenant, NewKey key, String by) {
    KeyId id = KeyId.next();
    Credential credential = Credential.of(PREFIX, id.value());
    tx.update(
        IdentitySql.CREATE_KEY,
        tenant.value(),
        id.value(),
        key.name(),
        key.role().text(),
        credential.hash(),
        key.expiresAt(),
        key.agent() == null ? null : key.agent().toString(),
        key.user() == null ? null : key.user().value(),
        key.scopes().areAll() ? null : key.scopes().names().toArray(String[]::new));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", key.name());
    facts.put("role", key.role().text());
    if (key.agent() != null) {
      facts.put("agent", key.agent().toString());
    }
    if (key.user() != null) {
      facts.put("user", key.user().toString());
    }
    if (!key.scopes().areAll()) {
      facts.put("scopes", key.scopes().toString());
    }
    audit.append(tx, List.of(new AuditEntry(tenant, "key.created", by, id.toString(), facts)));
    return new Created(id, credential.secret(), key.user());
  }

  /** Makes a key in a transaction of its own. */
  public Created createKey(TenantId tenant, NewKey key, String by) {
    return database.inTenant(tenant, tx -> createKey(tx, tenant, key, by));
  }

  /** Ends a key; doing so twice changes nothing. */
  public void revokeKey(TenantId tenant, KeyId key, String by) {
    database.inTenantDo(
        tenant,
        tx -> {
          if (tx.queryOne(IdentitySql.KEY_EXISTS, row -> true, tenant.value(), key.value())
              .isEmpty()) {
            throw new AgentOsException(ErrorCode.NOT_FOUND, "There is no key " + key + ".");
          }
          if (tx.update(IdentitySql.REVOKE_KEY, tenant.value(), key.value()) == 1) {
            audit.append(
                tx, List.of(new AuditEntry(tenant, "key.revoked", by, key.toString(), Map.of())));
          }
        });
  }

  /** Keys older than {@code before}, newest first. */
  public List<KeyView> listKeys(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant,
        tx -> tx.query(IdentitySql.LIST_KEYS, Identity::view, tenant.value(), before, limit));
  }

  /**
   * Who holds {@code secret}.
   *
   * @throws AgentOsException UNAUTHENTICATED; the same for unknown, expired and revoked keys
   */
  public Principal authenticate(String secret) {
    return authenticate(secret, false);
  }

  /** The same on connections kept for orders to stop, however busy the others are. */
  public Principal authenticateFirst(String secret) {
    return authenticate(secret, true);
  }

  private Principal authenticate(String secret, boolean first) {
    Credential credential = Credential.parse(PREFIX, secret).orElseThrow(Identity::unknownKey);
    KeyId id = new KeyId(credential.id());
    Function<Tx, Optional<Known>> find =
        tx ->
            tx.queryOne(IdentitySql.FIND_KEY, row -> known(id, row), id.value(), credential.hash());
    Known known =
        (first ? database.inControlOfAll(find) : database.inEngine(find))
            .orElseThrow(Identity::unknownKey);
    if (known.unnoted && !first) {
      lastUse.note(tx -> tx.update(IdentitySql.TOUCH_KEY, id.value()));
    }
    return known.principal;
  }

  /** Who holds a key, and whether it was not used for a minute. */
  private record Known(Principal principal, boolean unnoted) {}

  private static Known known(KeyId id, Row row) {
    String agent = row.optionalText("agent");
    UUID user = row.optionalUuid("user_id");
    Role most = Role.of(row.text("role"));
    String ofUser = row.optionalText("user_role");
    Holder holder =
        agent != null
            ? new Holder.Agent(AgentId.parse(agent), id)
            : user != null ? new Holder.Person(new UserId(user), id) : new Holder.Program(id);
    Scopes scopes =
        row.optionalText("scopes") == null ? Scopes.ALL : Scopes.parse(row.texts("scopes"));
    Principal principal =
        new Principal(
            new TenantId(row.text("tenant_id")),
            holder,
            row.text("name"),
            ofUser == null ? most : Role.of(ofUser),
            new Principal.Reach(
                ofUser == null ? scopes : scopes.within(most), row.optionalInstant("expires_at")));
    return new Known(principal, row.flag("unnoted"));
  }

  private static KeyView view(Row row) {
    UUID user = row.optionalUuid("user_id");
    UUID id = row.uuid("key_id");
    return new KeyView(
        new KeyId(id).toString(),
        Ids.format(PREFIX, id),
        row.text("name"),
        row.text("role"),
        row.optionalText("agent"),
        user == null ? null : new UserId(user).toString(),
        row.optionalText("scopes") == null ? null : row.texts("scopes"),
        row.instant("created_at"),
        row.optionalInstant("last_used_at"),
        row.optionalInstant("expires_at"),
        row.optionalInstant("revoked_at"));
  }

  private static AgentOsException unknownKey() {
    return new AgentOsException(
        ErrorCode.UNAUTHENTICATED,
        "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
  }
}
