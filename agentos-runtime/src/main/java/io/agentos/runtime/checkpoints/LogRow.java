package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.Merkle;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry of the audit log as it is stored, and as a leaf of the tree: its number in eight bytes,
 * its chained hash, its body.
 */
record LogRow(long seq, String body, Hash hash) {
  /** The most that are read at once. */
  static final int PAGE = 1_000;

  /** The entries from {@code seq} on. */
  static List<LogRow> from(Database database, TenantId tenant, long seq, int limit) {
    return database.inAuditor(
        tx -> tx.query(CheckpointsSql.ENTRIES, LogRow::of, tenant.value(), seq, limit));
  }

  static LogRow of(Row row) {
    return new LogRow(row.longNumber("seq"), row.text("body"), Hash.of(row.bytes("hash")));
  }

  Hash leaf() {
    return leaf(seq, hash.bytes(), body);
  }

  static Hash leaf(long seq, byte[] hash, String body) {
    return Merkle.leaf(
        ByteBuffer.allocate(Long.BYTES).putLong(seq).array(),
        hash,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** What keeps this from being the entry after one; empty when nothing does. */
  String problemAfter(long before, byte[] hashBefore, TenantId tenant) {
    if (seq != before + 1) {
      return "entry %d is missing".formatted(before + 1);
    }
    if (!body.startsWith(Audit.beginning(seq, tenant))
        || !hash.equals(Hash.of(Audit.chained(hashBefore, body)))) {
      return "entry %d was changed".formatted(seq);
    }
    return "";
  }
}
