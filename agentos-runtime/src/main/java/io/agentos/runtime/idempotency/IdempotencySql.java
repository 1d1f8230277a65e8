package io.agentos.runtime.idempotency;

/** The statements of idempotency keys. */
final class IdempotencySql {
  private IdempotencySql() {}

  /** Waits for a first request that is still under way, as long as locks may be waited for. */
  static final String CLAIM =
      """
      insert into idempotency (tenant_id, route, key, body_hash, status, response)
      values (?, ?, ?, ?, 0, '') on conflict do nothing
      """;

  static final String EXPIRE =
      """
      delete from idempotency
      where tenant_id = ? and route = ? and key = ? and created_at < now() - interval '24 hours'
      """;

  static final String SAVE =
      """
      update idempotency set status = ?, response = ?
      where tenant_id = ? and route = ? and key = ?
      """;

  static final String FIND =
      """
      select body_hash, status, response from idempotency
      where tenant_id = ? and route = ? and key = ?
      """;
}
