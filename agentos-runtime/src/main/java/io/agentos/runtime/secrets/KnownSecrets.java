package io.agentos.runtime.secrets;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stored values of each tenant, ready to be looked for in texts: of every secret, allowed or
 * disabled, the current value and those before it that are not destroyed. Each question asks the
 * database whether a secret changed; values are opened again only then, so that what another node
 * stored is known at the next question.
 *
 * <p>Thread-safe.
 */
public final class KnownSecrets {
  /** More values of one tenant are not looked for; see {@link #of}. */
  public static final int VALUES_MAX = 4_000;

  private static final int SEALED_BYTES_MAX = 4 * 1024 * 1024;

  /** Of all tenants that are kept ready: 80 MB. */
  private static final int KEPT_STATES_MAX = 1 << 19;

  private final Database database;
  private final Vault vault;
  private final Map<TenantId, Known> kept = new ConcurrentHashMap<>();
  private final ReentrantLock building = new ReentrantLock();

  public KnownSecrets(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** The values as of a stamp, which changes with each secret that is set, rotated or deleted. */
  private record Known(String stamp, KnownValues values) {}

  /** How much there is to be opened. */
  private record Size(long values, long bytes) {
    static Size of(Row row) {
      return new Size(row.longNumber("n"), row.longNumber("bytes"));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never leaves this class.
  private record Sealed(String place, byte[] value) {
    static Sealed of(Row row) {
      return new Sealed(
          Secrets.place(row.text("name"), row.number("version")), row.bytes("sealed"));
    }
  }

  private record Stored(String stamp, List<Sealed> values) {}

  /**
   * The values of a tenant as of now.
   *
   * @throws AgentOsException REDACTION_FAILED when there are more than can be looked for;
   *     ENVIRONMENT when one does not open
   */
  public KnownValues of(TenantId tenant) {
    String stamp = database.inTenant(tenant, tx -> stamp(tx, tenant));
    Known before = kept.get(tenant);
    if (before != null && before.stamp().equals(stamp)) {
      return before.values();
    }
    building.lock();
    try {
      before = kept.get(tenant);
      return before != null && before.stamp().equals(stamp) ? before.values() : build(tenant);
    } finally {
      building.unlock();
    }
  }

  private KnownValues build(TenantId tenant) {
    Stored stored = database.inTenant(tenant, tx -> stored(tx, tenant));
    Set<String> values = new LinkedHashSet<>();
    for (Sealed sealed : stored.values()) {
      values.add(
          new String(vault.open(tenant, sealed.place(), sealed.value()), StandardCharsets.UTF_8));
    }
    KnownValues known;
    try {
      known = KnownValues.secrets(values);
    } catch (IllegalArgumentException e) {
      throw tooMany(values.size());
    }
    kept.remove(tenant);
    if (kept.values().stream().mapToLong(each -> each.values().states()).sum() + known.states()
        > KEPT_STATES_MAX) {
      kept.clear();
    }
    kept.put(tenant, new Known(stored.stamp(), known));
    return known;
  }

  /** The stamp first: what changes in between is seen by the next question. */
  private static Stored stored(Tx tx, TenantId tenant) {
    String stamp = stamp(tx, tenant);
    Size size = tx.queryOne(SecretsSql.KNOWN_SIZE, Size::of, tenant.value()).orElseThrow();
    if (size.values() > VALUES_MAX || size.bytes() > SEALED_BYTES_MAX) {
      throw tooMany(size.values());
    }
    return new Stored(stamp, tx.query(SecretsSql.KNOWN, Sealed::of, tenant.value(), VALUES_MAX));
  }

  private static String stamp(Tx tx, TenantId tenant) {
    return tx.queryOne(SecretsSql.KNOWN_STAMP, row -> row.text("stamp"), tenant.value())
        .orElseThrow();
  }

  private static AgentOsException tooMany(long values) {
    return new AgentOsException(
        ErrorCode.REDACTION_FAILED,
        ("The tenant's %d stored secret values are more than can be kept back from providers (at most %d values"
                + " with %d letters and digits in all); delete secrets that are not used.")
            .formatted(values, VALUES_MAX, KnownValues.SECRET_STATES_MAX));
  }
}
