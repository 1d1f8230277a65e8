package io.agentos.runtime.idempotency;

/** The statements of idempotency keys. */
final class IdempotencySql {
  private IdempotencySql() {}

  /** Waits for a first request that is still under way, as long as locks may be waited for. */
  static final String CLAIM =
      """
      insert into idempotency (tenant_id, route, key, body_hash, status, response)
      values (?, ?, ?, ?, 0, ''::bytea) on conflict do nothing
      """;

  static final String EXPIRE =
      """
      delete from idempotency
      where tenant_id = ? and route = ? and key = ? and created_at < now() - interval '24 hours'
      """;

  static final String SAVE =
      """
      update idempotency set status = ?, response = ?, task_id = ?
      where tenant_id = ? and route = ? and key = ?
      """;

  static final String FIND =
      """
      select i.body_hash, i.status, i.response, i.task_id, t.key_id, k.wrapped as wrapped_key
      from idempotency i
      left join task t on t.tenant_id = i.tenant_id and t.task_id = i.task_id
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where i.tenant_id = ? and i.route = ? and i.key = ?
      """;
}
