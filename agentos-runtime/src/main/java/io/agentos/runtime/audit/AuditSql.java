package io.agentos.runtime.audit;

/** The statements of the audit chain. */
final class AuditSql {
  private AuditSql() {}

  static final String LOCK_HEADS =
      """
      select tenant_id, seq, hash from chain_head
      where tenant_id = any (?) order by tenant_id for update
      """;

  /** Entries, and where the heads of their tenants move to. */
  static final String APPEND =
      """
      with moved as (
        update chain_head h set seq = u.seq, hash = u.hash
        from unnest(?::text[], ?::bigint[], ?::bytea[]) as u (tenant_id, seq, hash)
        where h.tenant_id = u.tenant_id)
      insert into audit_entry (tenant_id, seq, at, type, actor, subject, body, hash)
      select * from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
                           ?::text[], ?::bytea[])
      """;

  static final String PAGE =
      """
      select seq, at, type, actor, subject, body, hash from audit_entry
      where tenant_id = ? and seq > ? order by seq limit ?
      """;

  static final String LIST =
      """
      select seq, at, type, actor, subject, body, hash from audit_entry
      where tenant_id = ? and seq < ?
        and (?::text is null or type = ?) and (?::text is null or actor = ?)
        and (?::text is null or subject = ?)
      order by seq desc limit ?
      """;

  static final String HEAD = "select seq, hash from chain_head where tenant_id = ?";
}
