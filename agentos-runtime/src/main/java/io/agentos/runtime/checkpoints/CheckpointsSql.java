package io.agentos.runtime.checkpoints;

/** The statements of the checkpoints. What signs runs as the role that may only read for it. */
final class CheckpointsSql {
  private CheckpointsSql() {}

  static final String HEADS =
      """
      select tenant_id, seq, hash from chain_head
      where tenant_id > ? order by tenant_id limit ?
      """;

  static final String HEAD = "select seq, hash from chain_head where tenant_id = ?";

  static final String ENTRIES =
      """
      select seq, body, hash from audit_entry
      where tenant_id = ? and seq >= ? order by seq limit ?
      """;

  /** Entries about any of some subjects, after one and up to another. */
  static final String ENTRIES_ABOUT =
      """
      select seq, body, hash from audit_entry
      where tenant_id = ? and subject = any (?) and seq > ? and seq <= ? order by seq limit ?
      """;

  /** Nodes that share a key sign the same. */
  static final String ADD =
      """
      insert into audit_checkpoint (tenant_id, size, key, note) values (?, ?, ?, ?)
      on conflict (tenant_id, size, key) do nothing
      """;

  static final String LIST =
      """
      select size, key, note, signed_at from audit_checkpoint
      where tenant_id = ? and (size, key) < (?, ?)
      order by size desc, key desc limit ?
      """;
}
