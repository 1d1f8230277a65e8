package io.agentos.runtime.retention;

/** The statements of legal holds. */
final class HoldsSql {
  private HoldsSql() {}

  static final String GATE = "insert into retention (tenant_id) values (?) on conflict do nothing";

  /** Waits for deletions under way, and makes those that begin later wait for us. */
  static final String CLOSE =
      "update retention set holds = holds + 1 where tenant_id = ? returning holds";

  /** Keeps holds from being placed until our transaction ends. */
  static final String SHARE = "select rules, revision from retention where tenant_id = ? for share";

  static final String PLACE =
      """
      insert into legal_hold (tenant_id, hold_id, scope, target, target_task, target_label, target_subject,
                              sealed_target, reason, placed_by)
      values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
      """;

  static final String RELEASE =
      """
      update legal_hold set released_by = ?, released_at = now(), release_reason = ?, sealed_target = null
      where tenant_id = ? and hold_id = ? and released_at is null
      """;

  static final String FIND =
      """
      select hold_id, scope, target, sealed_target, reason, placed_by, placed_at, released_by, released_at,
             release_reason
      from legal_hold where tenant_id = ? and hold_id = ?
      """;

  static final String LIST =
      """
      select hold_id, scope, target, sealed_target, reason, placed_by, placed_at, released_by, released_at,
             release_reason
      from legal_hold
      where tenant_id = ? and hold_id < ? and (?::boolean is null or (released_at is null) = ?)
      order by hold_id desc limit ?
      """;

  /** The hold on a task, if any; null when it has none. */
  static final String OF_TASK =
      """
      select task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) as hold_id
      from task t where t.tenant_id = ? and t.task_id = ?
      """;

  /** The holds on a subject, on the tenant, and on any task about the subject. */
  static final String OF_SUBJECT =
      """
      select h.hold_id from legal_hold h
      where h.tenant_id = ? and h.released_at is null and (h.scope = 'tenant' or h.target_subject = ?)
      union all
      select task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id)
      from data_key k join task t on t.tenant_id = k.tenant_id and t.key_id = k.key_id
      where k.tenant_id = ? and k.subject = ?
        and exists (select from legal_hold h where h.tenant_id = k.tenant_id and h.released_at is null)
        and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is not null
      limit 1
      """;
}
