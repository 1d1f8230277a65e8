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

  /** Deletes data keys whose tasks are gone; one that was erased stays to say so. */
  static final String DATA_KEYS =
      """
      with gone as (
        delete from data_key where (tenant_id, key_id) in (
          select k.tenant_id, k.key_id from data_key k
          where k.tenant_id = ? and k.created_at < now() - ?::bigint * interval '1 day' and k.erasing_at is null
            and not exists (select from task t where t.tenant_id = k.tenant_id and t.key_id = k.key_id)
            and key_hold(k.tenant_id, k.key_id) is null
          order by k.created_at limit ?)
        returning 1)
      select count(*)::int as n from gone
      """;

  static final String COUNT_DATA_KEYS =
      """
      select count(*)::int as n from (
        select from data_key k
        where k.tenant_id = ? and k.created_at < now() - ?::bigint * interval '1 day' and k.erasing_at is null
          and not exists (select from task t where t.tenant_id = k.tenant_id and t.key_id = k.key_id)
          and key_hold(k.tenant_id, k.key_id) is null
        limit ?) doomed
      """;
}
