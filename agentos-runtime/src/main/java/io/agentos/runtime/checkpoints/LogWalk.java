package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import java.util.List;

/** Reads a log onward, page by page, and checks that each entry follows the one before. */
final class LogWalk {
  private final Database database;
  private final TenantId tenant;
  private long seq;
  private byte[] hash;

  /** Begins after {@code row}. */
  LogWalk(Database database, TenantId tenant, LogRow row) {
    this(database, tenant, row.seq(), row.hash().bytes());
  }

  /** Begins at the first entry. */
  LogWalk(Database database, TenantId tenant) {
    this(database, tenant, 0, new byte[Audit.HASH_BYTES]);
  }

  private LogWalk(Database database, TenantId tenant, long seq, byte[] hash) {
    this.database = database;
    this.tenant = tenant;
    this.seq = seq;
    this.hash = hash;
  }

  /**
   * The next entries; none at the end.
   *
   * @throws BrokenLog when one does not follow
   */
  List<LogRow> next() {
    List<LogRow> rows = LogRow.from(database, tenant, seq + 1, LogRow.PAGE);
    for (LogRow row : rows) {
      String problem = row.problemAfter(seq, hash, tenant);
      if (!problem.isEmpty()) {
        throw new BrokenLog(seq + 1, problem);
      }
      seq = row.seq();
      hash = row.hash().bytes();
    }
    return rows;
  }

  /** The hash of the last entry read. */
  byte[] hash() {
    return hash.clone();
  }
}
