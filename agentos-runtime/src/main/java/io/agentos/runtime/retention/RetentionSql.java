package io.agentos.runtime.retention;

/** The statements of retention rules, and of whose turn it is. */
final class RetentionSql {
  private RetentionSql() {}

  static final String FIND =
      "select rules, revision, changed_by, changed_at from retention where tenant_id = ?";

  static final String SET =
      """
      update retention set rules = ?, revision = revision + 1, changed_by = ?, changed_at = now()
      where tenant_id = ?
      """;

  static final String NEW_TURNS =
      """
      insert into retention_turn (tenant_id)
      select t.tenant_id from tenant t
      where not exists (select from retention_turn r where r.tenant_id = t.tenant_id)
      on conflict do nothing
      """;

  /** The tenant that has waited longest; another node passes over it until its lease is over. */
  static final String TAKE =
      """
      update retention_turn set due_at = now() + ?::bigint * interval '1 s'
      where tenant_id = (
        select tenant_id from retention_turn where due_at <= now()
        order by due_at, tenant_id limit 1 for update skip locked)
      returning tenant_id
      """;

  static final String DONE =
      "update retention_turn set due_at = now() + ?::bigint * interval '1 s' where tenant_id = ?";
}
