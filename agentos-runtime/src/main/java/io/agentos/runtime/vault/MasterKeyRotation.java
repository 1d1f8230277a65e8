package io.agentos.runtime.vault;

import io.agentos.api.AgentOsException;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wraps everything that is sealed under the master key by another one: in small batches, each its
 * own transaction under the rights of one tenant, so that it can stop anywhere and be begun again.
 * A value that somebody writes meanwhile is left to them. What is sealed is not opened, and data
 * keys and what they seal stay as they are.
 *
 * <p>Thread-safe: of nodes that do it at once, each value is changed by one.
 */
public final class MasterKeyRotation {
  private static final int TENANTS_MAX = 500;
  private static final int BATCH = 100;
  private static final byte[] FIRST = new byte[0];

  private final Database database;
  private final Vault vault;
  private final int batch;

  public MasterKeyRotation(Database database, Vault vault) {
    this(database, vault, BATCH);
  }

  MasterKeyRotation(Database database, Vault vault, int batch) {
    this.database = database;
    this.vault = vault;
    this.batch = batch;
  }

  /**
   * What one sweep over all values found.
   *
   * @param values how many there were
   * @param rewrapped how many were still under the previous key, and are not any more
   * @param left how many were changed by somebody else meanwhile, or could not be reached
   * @param shut how many open with neither key
   */
  public record Tally(long values, long rewrapped, long left, long shut) {
    private static final Tally NONE = new Tally(0, 0, 0, 0);

    private Tally plus(Tally other) {
      return new Tally(
          values + other.values, rewrapped + other.rewrapped, left + other.left, shut + other.shut);
    }

    /** Whether nothing needed the previous key. */
    public boolean isClean() {
      return rewrapped == 0 && left == 0 && shut == 0;
    }
  }

  /** Whether to stop a sweep, asked before each batch. */
  @FunctionalInterface
  public interface Stop {
    boolean now();
  }

  /** How a batch ended, and the last value of it; no value when there are no more. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record Batch(Tally tally, byte[] last) {}

  /**
   * Wraps the keys of tenants, without which no task can be read.
   *
   * @throws AgentOsException ENVIRONMENT when one opens with neither master key
   */
  public Tally tenantKeys() {
    return sweep(List.of(SealedKind.TENANT_KEYS), true, () -> false);
  }

  /** Wraps all that is not wrapped by the master key of now. */
  public Tally sweep(Stop stop) {
    return sweep(List.of(SealedKind.values()), false, stop);
  }

  private Tally sweep(List<SealedKind> kinds, boolean strict, Stop stop) {
    Tally tally = Tally.NONE;
    String after = "";
    List<TenantId> tenants;
    do {
      tenants = tenants(after);
      for (TenantId tenant : tenants) {
        for (SealedKind kind : kinds) {
          tally = tally.plus(sweep(tenant, kind, strict, stop));
        }
        after = tenant.value();
      }
    } while (tenants.size() == TENANTS_MAX && !stop.now());
    return tally;
  }

  private List<TenantId> tenants(String after) {
    return database.inVaultOfAll(tx ->
        tx.query(
            RewrapSql.TENANTS, row -> new TenantId(row.text("tenant_id")), after, TENANTS_MAX));
  }

  private Tally sweep(TenantId tenant, SealedKind kind, boolean strict, Stop stop) {
    Tally tally = Tally.NONE;
    byte[] after = FIRST;
    do {
      if (stop.now()) {
        return tally.plus(new Tally(0, 0, 1, 0));
      }
      Batch done = batch(tenant, kind, after, strict);
      tally = tally.plus(done.tally);
      after = done.last;
    } while (after.length > 0);
    return tally;
  }

  private Batch batch(TenantId tenant, SealedKind kind, byte[] after, boolean strict) {
    List<byte[]> page =
        database.inVault(
            tenant,
            tx -> tx.query(kind.page(), row -> row.bytes("sealed"), tenant.value(), after, batch));
    List<byte[]> before = new ArrayList<>();
    List<byte[]> again = new ArrayList<>();
    int shut = 0;
    for (byte[] sealed : page) {
      try {
        Optional<byte[]> wrapped = vault.rewrapped(sealed);
        if (wrapped.isPresent()) {
          before.add(sealed);
          again.add(wrapped.get());
        }
      } catch (AgentOsException e) {
        if (strict) {
          throw e;
        }
        shut++;
      }
    }
    int changed = before.isEmpty() ? 0 : rewrap(tenant, kind, before, again, strict);
    return new Batch(
        new Tally(page.size(), changed, before.size() - changed, shut),
        page.size() == batch ? page.getLast() : FIRST);
  }

  /** A row that somebody holds for longer than is waited for is left to the next sweep. */
  private int rewrap(
      TenantId tenant, SealedKind kind, List<byte[]> before, List<byte[]> again, boolean strict) {
    try {
      return database.inVault(
          tenant,
          tx ->
              tx.update(
                  kind.rewrap(),
                  before.toArray(byte[][]::new),
                  again.toArray(byte[][]::new),
                  tenant.value()));
    } catch (AgentOsException e) {
      if (strict) {
        throw e;
      }
      return 0;
    }
  }
}
