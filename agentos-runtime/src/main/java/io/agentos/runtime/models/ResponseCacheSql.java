package io.agentos.runtime.models;

/** The statements of the response cache. */
final class ResponseCacheSql {
  private ResponseCacheSql() {}

  /** What a task was told that is erased now is told to nobody. */
  static final String FIND =
      """
      select c.body, c.task_id, k.key_id, k.wrapped as wrapped_key
      from model_cache c
      join task t on t.tenant_id = c.tenant_id and t.task_id = c.task_id
      join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id and k.wrapped is not null
      where c.tenant_id = ? and c.hash = ? and c.expires_at > now()
      """;

  static final String PUT =
      """
      insert into model_cache (tenant_id, hash, task_id, body, expires_at)
      values (?, ?, ?, ?, now() + ?::bigint * interval '1 s')
      on conflict (tenant_id, hash) do update
        set task_id = excluded.task_id, body = excluded.body, created_at = now(), expires_at = excluded.expires_at
      """;

  static final String CLEAN =
      """
      delete from model_cache where tenant_id = ? and hash in (
        select hash from model_cache where tenant_id = ? and expires_at <= now() limit 100)
      """;
}
