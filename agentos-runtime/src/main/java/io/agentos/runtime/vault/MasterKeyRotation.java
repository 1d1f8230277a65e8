package io.agentos.runtime.vault;

import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import java.util.List;
import java.util.Optional;

/**
 * Wraps tenants' keys by another master key. Each is a transaction of its own, so that it can stop
 * anywhere and be begun again; data keys and what they seal stay as they are.
 *
 * <p>Thread-safe: of nodes that do it at once, each key is changed by one.
 */
public final class MasterKeyRotation {
  private final Database database;
  private final Vault vault;

  public MasterKeyRotation(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record Stored(String tenant, byte[] wrapped) {
    static Stored of(Row row) {
      return new Stored(row.text("tenant_id"), row.bytes("wrapped"));
    }
  }

  /** Wraps what is not wrapped by the master key of now, and says how many keys that were. */
  public int run() {
    List<Stored> keys = database.inEngine(tx -> tx.query(DataKeysSql.TENANT_KEYS, Stored::of));
    int changed = 0;
    for (Stored key : keys) {
      Optional<byte[]> again = vault.rewrapped(key.wrapped);
      if (again.isPresent()) {
        changed +=
            database.inEngine(
                tx -> tx.update(DataKeysSql.REWRAP, again.get(), key.tenant, key.wrapped));
      }
    }
    return changed;
  }
}
