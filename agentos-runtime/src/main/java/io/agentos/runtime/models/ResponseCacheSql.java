package io.agentos.runtime.models;

/** The statements of the response cache. */
final class ResponseCacheSql {
  private ResponseCacheSql() {}

  static final String FIND =
      """
      select body from model_cache where tenant_id = ? and hash = ? and expires_at > now()
      """;

  static final String PUT =
      """
      insert into model_cache (tenant_id, hash, body, expires_at)
      values (?, ?, ?, now() + ?::bigint * interval '1 s')
      on conflict (tenant_id, hash) do update
        set body = excluded.body, created_at = now(), expires_at = excluded.expires_at
      """;

  static final String CLEAN =
      """
      delete from model_cache where tenant_id = ? and hash in (
        select hash from model_cache where tenant_id = ? and expires_at <= now() limit 100)
      """;
}
