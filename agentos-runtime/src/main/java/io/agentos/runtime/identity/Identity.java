package io.agentos.runtime.identity;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.KeyId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and API keys. A key is {@code aos_<id>_<secret>}: the id finds the row, the secret has
 * 256 random bits, and only its SHA-256 is stored. A revoked key is refused from the next request
 * on.
 *
 * <p>Thread-safe.
 */
public final class Identity {
  private static final String PREFIX = "aos_";
  private static final int ID_LENGTH = 26;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Audit audit;

  public Identity(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** A key as it is listed; the secret is never shown again. */
  public record KeyView(
      String id,
      String name,
      String role,
      @Nullable String agent,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /**
   * What a key is to be.
   *
   * @param agent the agent that will hold it, and so never decides, stops or changes rules; null
   *     for a person or a program
   */
  public record NewKey(
      String name, Role role, @Nullable Instant expiresAt, @Nullable AgentId agent) {
    /** A key that is no agent's. */
    public NewKey(String name, Role role, @Nullable Instant expiresAt) {
      this(name, role, expiresAt, null);
    }

    public NewKey {
      if (name.isBlank() || name.length() > 200) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST, "A key's name has 1 to 200 characters.");
      }
    }
  }

  /** A key that was just made, with its secret. */
  public record Created(KeyId id, String secret) {}

  /** Makes sure that a tenant is there, with an empty audit chain. Idempotent. */
  public void createTenant(TenantId tenant) {
    database.inEngine(tx -> {
      tx.update(IdentitySql.CREATE_TENANT, tenant.value());
      return tx.update(IdentitySql.CREATE_CHAIN, tenant.value());
    });
  }

  /** Makes a key. */
  public Created createKey(Tx tx, TenantId tenant, NewKey key, String by) {
    KeyId id = KeyId.next();
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String body = id.toString().substring("key_".length());
    String secret =
        PREFIX + body + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    tx.update(
        IdentitySql.CREATE_KEY,
        tenant.value(),
        id.value(),
        key.name(),
        key.role().text(),
        sha256(secret),
        key.expiresAt(),
        key.agent() == null ? null : key.agent().toString());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", key.name());
    facts.put("role", key.role().text());
    if (key.agent() != null) {
      facts.put("agent", key.agent().toString());
    }
    audit.append(tx, List.of(new AuditEntry(tenant, "key.created", by, id.toString(), facts)));
    return new Created(id, secret);
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
        tx ->
            tx.query(
                IdentitySql.LIST_KEYS,
                row ->
                    new KeyView(
                        new KeyId(row.uuid("key_id")).toString(),
                        row.text("name"),
                        row.text("role"),
                        row.optionalText("agent"),
                        row.instant("created_at"),
                        row.optionalInstant("expires_at"),
                        row.optionalInstant("revoked_at")),
                tenant.value(),
                before,
                limit));
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
    int end = PREFIX.length() + ID_LENGTH;
    if (secret.length() <= end || secret.length() > 200 || !secret.startsWith(PREFIX)) {
      throw unknownKey();
    }
    KeyId id;
    try {
      id = KeyId.parse("key_" + secret.substring(PREFIX.length(), end));
    } catch (AgentOsException e) {
      throw unknownKey();
    }
    Function<Tx, Optional<Principal>> find =
        tx ->
            tx.queryOne(
                IdentitySql.FIND_KEY, row -> principal(id, row), id.value(), sha256(secret));
    return (first ? database.inControlOfAll(find) : database.inEngine(find))
        .orElseThrow(Identity::unknownKey);
  }

  private static Principal principal(KeyId id, Row row) {
    String agent = row.optionalText("agent");
    return new Principal(
        new TenantId(row.text("tenant_id")),
        id,
        row.text("name"),
        Role.of(row.text("role")),
        agent == null ? null : AgentId.parse(agent));
  }

  private static AgentOsException unknownKey() {
    return new AgentOsException(
        ErrorCode.UNAUTHENTICATED,
        "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
