package io.agentos.runtime.secrets;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of tenants: set, rotated, listed and deleted by people. A value goes in and never
 * comes out here; {@link SecretAccess} hands it to tools.
 *
 * <p>Thread-safe.
 */
public final class Secrets {
  /** Shorter values would be found in texts that have nothing to do with them. */
  public static final int VALUE_LENGTH_MIN = 8;

  public static final int VALUE_LENGTH_MAX = 32_768;
  public static final int DESCRIPTION_LENGTH_MAX = 500;
  public static final int SECRETS_MAX = 1_000;

  /** How long the version before stays good, when nobody says. */
  public static final Duration GRACE_DEFAULT = Duration.ofHours(24);

  public static final Duration GRACE_MAX = Duration.ofDays(30);

  private final Database database;
  private final Vault vault;
  private final Audit audit;
  private final DataKeys keys;

  public Secrets(Database database, Vault vault, Audit audit) {
    this.database = database;
    this.vault = vault;
    this.audit = audit;
    this.keys = new DataKeys(vault);
  }

  /** What may be said of a secret without knowing its value. */
  public record About(String description, SecretAllowance allowance, boolean disabled) {
    public About {
      if (description.length() > DESCRIPTION_LENGTH_MAX) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST,
            "A secret's description has at most %d characters.".formatted(DESCRIPTION_LENGTH_MAX));
      }
    }
  }

  /**
   * Sets a secret that is not there yet, or was deleted.
   *
   * @return its version
   * @throws AgentOsException CONFLICT when there is one of this name; INVALID_REQUEST
   */
  public int create(Tx tx, TenantId tenant, String name, String value, About about, String by) {
    checkName(name);
    checkValue(value);
    int count = tx.queryOne(SecretsSql.COUNT, row -> row.number("n"), tenant.value()).orElse(0);
    if (count >= SECRETS_MAX) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "The tenant has %d secrets, which is the most; delete what is not used."
              .formatted(count));
    }
    int version =
        tx.queryOne(
                SecretsSql.CREATE,
                row -> row.number("version"),
                tenant.value(),
                name,
                about.description(),
                about.allowance().tools().toArray(String[]::new),
                about.allowance().agents().toArray(String[]::new),
                by,
                by)
            .orElseThrow(() ->
                new AgentOsException(
                    ErrorCode.CONFLICT,
                    "There is a secret '%s' already; rotate it to give it another value."
                        .formatted(name)));
    addVersion(tx, tenant, name, version, value, by);
    tell(tx, tenant, name, "secret.created", facts(version, about), by);
    return version;
  }

  /**
   * Gives a secret another value; the one before stays good for {@code grace}, for whoever was
   * promised it.
   *
   * @return the new version
   * @throws AgentOsException NOT_FOUND, INVALID_REQUEST
   */
  public int rotate(Tx tx, TenantId tenant, String name, String value, Duration grace, String by) {
    checkValue(value);
    if (grace.isNegative() || grace.compareTo(GRACE_MAX) > 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "The version before stays good for PT0S to %s, not %s.".formatted(GRACE_MAX, grace));
    }
    int version =
        tx.queryOne(SecretsSql.NEXT_VERSION, row -> row.number("version"), by, tenant.value(), name)
            .orElseThrow(() -> notFound(name));
    tx.update(SecretsSql.EXPIRE, grace.toSeconds(), tenant.value(), name);
    tx.update(SecretsSql.DESTROY_EXPIRED, tenant.value(), name);
    addVersion(tx, tenant, name, version, value, by);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", String.valueOf(version));
    facts.put("grace", grace.toString());
    tell(tx, tenant, name, "secret.rotated", facts, by);
    return version;
  }

  /** Says anew who may get a secret, and whether anybody may. */
  public void change(Tx tx, TenantId tenant, String name, About about, String by) {
    int changed =
        tx.update(
            SecretsSql.CHANGE,
            about.description(),
            about.allowance().tools().toArray(String[]::new),
            about.allowance().agents().toArray(String[]::new),
            about.disabled(),
            by,
            tenant.value(),
            name);
    if (changed == 0) {
      throw notFound(name);
    }
    Map<String, String> facts = facts(0, about);
    facts.remove("version");
    facts.put("disabled", String.valueOf(about.disabled()));
    tell(tx, tenant, name, "secret.changed", facts, by);
  }

  /** Deletes a secret and destroys all its values. */
  public void delete(Tx tx, TenantId tenant, String name, String by) {
    if (tx.update(SecretsSql.DELETE, by, by, tenant.value(), name) == 0) {
      throw notFound(name);
    }
    int destroyed = tx.update(SecretsSql.DESTROY, tenant.value(), name);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("versions_destroyed", String.valueOf(destroyed));
    tell(tx, tenant, name, "secret.deleted", facts, by);
  }

  /** The secret of this name, without its value. */
  public SecretView find(Tx tx, TenantId tenant, String name) {
    Map<String, List<SecretView.Version>> versions = versions(tx, tenant, new String[] {name});
    return tx.queryOne(
            SecretsSql.FIND,
            row -> SecretView.of(row, versions.getOrDefault(name, List.of())),
            tenant.value(),
            name)
        .orElseThrow(() -> notFound(name));
  }

  /** Secrets with names after {@code after}, by name. */
  public List<SecretView> list(TenantId tenant, String after, int limit) {
    return database.inTenant(
        tenant,
        tx -> {
          List<String> names =
              tx.query(SecretsSql.LIST, row -> row.text("name"), tenant.value(), after, limit);
          Map<String, List<SecretView.Version>> versions =
              versions(tx, tenant, names.toArray(String[]::new));
          return tx.query(
              SecretsSql.LIST,
              row -> SecretView.of(row, versions.getOrDefault(row.text("name"), List.of())),
              tenant.value(),
              after,
              limit);
        });
  }

  /**
   * 32 bytes that are the same for the same hash of this tenant, and say nothing of it to whoever
   * has the database alone.
   */
  public byte[] fingerprint(TenantId tenant, byte[] hash) {
    return database.inTenant(
        tenant, tx -> keys.toExtend(tx, tenant).digest("secret", HexFormat.of().formatHex(hash)));
  }

  private static Map<String, List<SecretView.Version>> versions(
      Tx tx, TenantId tenant, String[] names) {
    Map<String, List<SecretView.Version>> versions = new LinkedHashMap<>();
    tx.query(
        SecretsSql.VERSIONS,
        row ->
            versions
                .computeIfAbsent(row.text("name"), _ -> new ArrayList<>())
                .add(
                    new SecretView.Version(
                        row.number("version"),
                        row.text("state"),
                        row.text("created_by"),
                        row.instant("created_at"),
                        row.optionalInstant("expires_at"),
                        row.optionalInstant("last_used_at"))),
        names,
        tenant.value(),
        SecretView.VERSIONS_MAX);
    return versions;
  }

  private void addVersion(
      Tx tx, TenantId tenant, String name, int version, String value, String by) {
    byte[] sealed =
        vault.seal(tenant, place(name, version), value.getBytes(StandardCharsets.UTF_8));
    tx.update(SecretsSql.ADD_VERSION, tenant.value(), name, version, sealed, by);
  }

  /** What a sealed value belongs to: it opens as this version of this secret and as no other. */
  static String place(String name, int version) {
    return new SecretReference(name, version).toString();
  }

  private void tell(
      Tx tx, TenantId tenant, String name, String what, Map<String, String> more, String by) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("change", what);
    facts.putAll(more);
    audit.append(
        tx, List.of(new AuditEntry(tenant, "config.changed", by, "secret:" + name, facts)));
  }

  private static Map<String, String> facts(int version, About about) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", String.valueOf(version));
    facts.put("tools", String.join(" ", about.allowance().tools()));
    facts.put("agents", String.join(" ", about.allowance().agents()));
    return facts;
  }

  private static void checkName(String name) {
    if (!SecretReference.isName(name)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "A secret is named by 1 to 63 of a-z, 0-9 and '-', beginning with a letter.");
    }
  }

  /** What is wrong with a value, in words that do not quote it; empty when nothing is. */
  public static Optional<String> problem(@Nullable String value) {
    if (value == null
        || value.length() < VALUE_LENGTH_MIN
        || value.length() > VALUE_LENGTH_MAX
        || value.indexOf('\0') >= 0
        || !value.equals(value.strip())) {
      return Optional.of(
          "must have %d to %,d characters, none of them U+0000 and no white space around"
              .formatted(VALUE_LENGTH_MIN, VALUE_LENGTH_MAX));
    }
    return Optional.empty();
  }

  private static void checkValue(String value) {
    problem(value)
        .ifPresent(problem -> {
          throw AgentOsException.ofFields(
              ErrorCode.INVALID_REQUEST,
              "The request is not valid: value %s.".formatted(problem),
              List.of(new AgentOsException.FieldError("value", problem)));
        });
  }

  private static AgentOsException notFound(String name) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND,
        SecretReference.isName(name)
            ? "There is no secret '%s'.".formatted(name)
            : "There is no such secret.");
  }
}
