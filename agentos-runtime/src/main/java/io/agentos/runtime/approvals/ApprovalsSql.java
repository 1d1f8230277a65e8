package io.agentos.runtime.approvals;

/** The statements of approvals. */
final class ApprovalsSql {
  private ApprovalsSql() {}

  static final String ASK =
      """
      insert into approval (tenant_id, approval_id, task_id, step, agent, tool, zone, tool_digest,
                            versions, arguments, reason, rule, requester, digest, state, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)
      """;

  static final String EXPIRE =
      """
      update approval set state = 'expired'
      where tenant_id = ? and approval_id = ? and state = 'pending'
      """;

  /**
   * Consumed once, in the transaction that writes the intent; nothing else lets a gated call begin.
   */
  static final String CONSUME =
      """
      update approval set state = 'consumed', consumed_at = now()
      where tenant_id = ? and approval_id = ? and state in ('approved', 'edited') and digest = ?
        and expires_at > now()
      """;

  static final String SUPERSEDE_OF_TASK =
      """
      update approval set state = 'superseded'
      where tenant_id = ? and task_id = ? and state = 'pending'
      """;

  static final String LOCK =
      """
      select approval_id, task_id, step, agent, tool, zone, tool_digest, versions, arguments, reason, rule,
             requester, digest, state, decided_by, decided_at, comment, edited_arguments, created_at, expires_at,
             consumed_at, expires_at <= now() as is_late
      from approval where tenant_id = ? and approval_id = ? for update
      """;

  static final String ONE =
      """
      select approval_id, task_id, step, agent, tool, zone, tool_digest, versions, arguments, reason, rule,
             requester, digest, state, decided_by, decided_at, comment, edited_arguments, created_at, expires_at,
             consumed_at, expires_at <= now() as is_late
      from approval where tenant_id = ? and approval_id = ?
      """;

  static final String LIST =
      """
      select approval_id, task_id, step, agent, tool, zone, tool_digest, versions, arguments, reason, rule,
             requester, digest, state, decided_by, decided_at, comment, edited_arguments, created_at, expires_at,
             consumed_at, expires_at <= now() as is_late
      from approval
      where tenant_id = ? and approval_id < ? and (?::text is null or state = ?)
        and (?::uuid is null or task_id = ?)
      order by approval_id desc limit ?
      """;

  static final String DECIDE =
      """
      update approval
      set state = ?, decided_by = ?, decided_at = now(), comment = ?, edited_arguments = ?, digest = ?
      where tenant_id = ? and approval_id = ? and state = 'pending'
      """;
}
