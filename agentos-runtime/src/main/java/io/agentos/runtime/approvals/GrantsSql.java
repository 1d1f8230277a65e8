package io.agentos.runtime.approvals;

/** The statements of standing grants. */
final class GrantsSql {
  private GrantsSql() {}

  static final String CREATE =
      """
      insert into approval_grant (tenant_id, grant_id, tool, agent, bounds, red, count_max, expires_at,
                                  reason, granted_by, role)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String ONE =
      """
      select grant_id, tool, agent, bounds, red, count_max, used, expires_at, reason, granted_by, role,
             created_at, revoked_by, revoked_at
      from approval_grant where tenant_id = ? and grant_id = ?
      """;

  static final String LIST =
      """
      select grant_id, tool, agent, bounds, red, count_max, used, expires_at, reason, granted_by, role,
             created_at, revoked_by, revoked_at
      from approval_grant where tenant_id = ? and grant_id < ? order by grant_id desc limit ?
      """;

  static final String REVOKE =
      """
      update approval_grant set revoked_by = ?, revoked_at = now()
      where tenant_id = ? and grant_id = ? and revoked_at is null
      """;

  /**
   * The grants that may answer a task's question, those that end first before the others: never one
   * of whoever asked for the task, or for the tasks above it.
   */
  static final String STANDING =
      """
      with recursive line as (
        select tenant_id, parent_id, principal from task where tenant_id = ? and task_id = ?
        union all
        select t.tenant_id, t.parent_id, t.principal from task t
        join line l on t.tenant_id = l.tenant_id and t.task_id = l.parent_id)
      select grant_id, tool, agent, bounds, red, count_max, used, expires_at, reason, granted_by, role,
             created_at, revoked_by, revoked_at
      from approval_grant
      where tenant_id = ? and revoked_at is null and used < count_max
        and expires_at > clock_timestamp() and (red or not ?::boolean)
        and granted_by not in (select principal from line)
      order by expires_at, grant_id limit ?
      """;

  /** Once more, never above the count, whoever races for it. */
  static final String USE =
      """
      update approval_grant set used = used + 1
      where tenant_id = ? and grant_id = ? and revoked_at is null and used < count_max
        and expires_at > clock_timestamp()
      """;
}
