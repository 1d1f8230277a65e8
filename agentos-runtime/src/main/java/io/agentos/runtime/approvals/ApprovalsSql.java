package io.agentos.runtime.approvals;

/** The statements of approvals. */
final class ApprovalsSql {
  private ApprovalsSql() {}

  /**
   * Excluded is who asked, and whoever asked for the tasks that asked for it: a task can only have
   * a parent that is older, so that the line ends.
   */
  static final String ASK =
      """
      with recursive line as (
        select tenant_id, parent_id, principal from task where tenant_id = ? and task_id = ?
        union all
        select t.tenant_id, t.parent_id, t.principal from task t
        join line l on t.tenant_id = l.tenant_id and t.task_id = l.parent_id)
      insert into approval (tenant_id, approval_id, task_id, step, agent, tool, zone, descriptor,
                            agent_version, policy_version, policy_in_force, arguments, reason, rule,
                            requester, digest, approvers, roles, facts, expires_at, escalate_at,
                            excluded, state, grant_id, decided_by, decided_at, comment)
      select ?, ?::uuid, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::int, ?::text[], ?,
             ?::timestamptz, ?::timestamptz,
             (select array_agg(distinct principal order by principal) from line),
             case when g.by is null then 'pending' else 'approved' end, g.id, g.by,
             case when g.by is null then null else now() end,
             case when g.by is null then null else ''::bytea end
      from (select ?::uuid as id, ?::text as by) g
      """;

  static final String EXPIRE =
      """
      update approval set state = 'expired'
      where tenant_id = ? and approval_id = ? and state in ('pending', 'approved', 'edited')
      """;

  /**
   * Consumed once, in the transaction that writes the intent; nothing else lets a gated call begin.
   * It must be about exactly what runs, be said yes to by enough people of the last round and no to
   * by none of them, or by a grant that still stands, and not have expired, whatever its row says
   * of the time.
   */
  static final String CONSUME =
      """
      update approval a set state = 'consumed', consumed_at = now()
      where a.tenant_id = ? and a.approval_id = ? and a.state in ('approved', 'edited')
        and a.digest = ? and coalesce(a.edited_arguments, a.arguments) = ?
        and least(a.expires_at, ?::timestamptz) > clock_timestamp()
        and case when a.grant_id is not null
              then exists (select from approval_grant g
                           where g.tenant_id = a.tenant_id and g.grant_id = a.grant_id
                             and g.revoked_at is null)
              else a.approvers <= (select count(*) from approval_vote v
                                   where v.tenant_id = a.tenant_id and v.approval_id = a.approval_id
                                     and v.round = a.round and v.digest = a.digest
                                     and v.decision in ('approve', 'edit')
                                     and v.principal <> all (a.excluded))
                   and not exists (select from approval_vote v
                                   where v.tenant_id = a.tenant_id and v.approval_id = a.approval_id
                                     and v.decision = 'reject')
            end
      """;

  /** What can no longer be used is not left as if it could. */
  static final String VOID =
      """
      update approval
      set state = case when expires_at <= clock_timestamp() then 'expired' else 'superseded' end
      where tenant_id = ? and approval_id = ? and state in ('approved', 'edited')
      """;

  static final String SUPERSEDE =
      """
      update approval set state = 'superseded'
      where tenant_id = ? and approval_id = ? and state = 'pending'
      """;

  static final String SUPERSEDE_OF_TASK =
      """
      update approval set state = 'superseded'
      where tenant_id = ? and task_id = ? and state in ('pending', 'approved', 'edited')
      """;

  /** Decisions of one approval take turns; what it says is read after it is locked. */
  static final String LOCK =
      "select true as found from approval where tenant_id = ? and approval_id = ? for update";

  static final String ONE =
      """
      select a.approval_id, a.task_id, a.step, a.agent, a.tool, a.zone, a.descriptor,
             a.agent_version, a.policy_version, a.policy_in_force, a.arguments, a.reason, a.rule,
             a.requester, a.digest, a.state, a.decided_by, a.decided_at, a.comment,
             a.edited_arguments, a.approvers, a.roles, a.excluded, a.facts, a.round, a.grant_id,
             a.created_at, a.escalate_at, a.escalated_at, a.escalation, a.expires_at, a.consumed_at,
             a.expires_at <= clock_timestamp() as is_late, t.key_id, k.wrapped as wrapped_key
      from approval a
      join task t on t.tenant_id = a.tenant_id and t.task_id = a.task_id
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where a.tenant_id = ? and a.approval_id = ?
      """;

  static final String LIST =
      """
      select a.approval_id, a.task_id, a.step, a.agent, a.tool, a.zone, a.descriptor,
             a.agent_version, a.policy_version, a.policy_in_force, a.arguments, a.reason, a.rule,
             a.requester, a.digest, a.state, a.decided_by, a.decided_at, a.comment,
             a.edited_arguments, a.approvers, a.roles, a.excluded, a.facts, a.round, a.grant_id,
             a.created_at, a.escalate_at, a.escalated_at, a.escalation, a.expires_at, a.consumed_at,
             a.expires_at <= clock_timestamp() as is_late, t.key_id, k.wrapped as wrapped_key
      from approval a
      join task t on t.tenant_id = a.tenant_id and t.task_id = a.task_id
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where a.tenant_id = ? and a.approval_id < ? and (?::text is null or a.state = ?)
        and (?::uuid is null or a.task_id = ?)
      order by a.approval_id desc limit ?
      """;

  static final String VOTES =
      """
      select approval_id, round, principal, role, decision, digest, comment, at
      from approval_vote where tenant_id = ? and approval_id = any (?)
      order by approval_id, at, round, principal
      """;

  static final String VOTE =
      """
      insert into approval_vote (tenant_id, approval_id, round, principal, role, decision, digest, comment)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Who has said yes may still say no. */
  static final String VETO =
      """
      insert into approval_vote (tenant_id, approval_id, round, principal, role, decision, digest, comment)
      values (?, ?, ?, ?, ?, 'reject', ?, ?)
      on conflict (tenant_id, approval_id, round, principal)
      do update set decision = 'reject', comment = excluded.comment, at = now()
      """;

  /** An edit begins a round of its own. */
  static final String EDIT =
      """
      update approval set edited_arguments = ?, digest = ?, round = round + 1
      where tenant_id = ? and approval_id = ? and state = 'pending'
        and expires_at > clock_timestamp()
      """;

  static final String REJECT =
      """
      update approval set state = 'rejected', decided_by = ?, decided_at = now(), comment = ?
      where tenant_id = ? and approval_id = ? and state = 'pending'
        and expires_at > clock_timestamp()
      """;

  /** Settles an approval once enough people have said yes in this round. */
  static final String SETTLE =
      """
      update approval a
      set state = case when a.edited_arguments is null then 'approved' else 'edited' end,
          decided_by = ?, decided_at = now(), comment = ?
      where a.tenant_id = ? and a.approval_id = ? and a.state = 'pending'
        and a.expires_at > clock_timestamp()
        and a.approvers <= (select count(*) from approval_vote v
                            where v.tenant_id = a.tenant_id and v.approval_id = a.approval_id
                              and v.round = a.round and v.digest = a.digest
                              and v.decision in ('approve', 'edit'))
      """;

  /**
   * One rung up: whoever is next above those that were asked may answer too, then the admins. By
   * the database's clock, each approval on one node.
   */
  static final String ESCALATE =
      """
      update approval a
      set escalation = a.escalation + 1, escalated_at = now(),
          escalate_at = a.escalate_at + (a.expires_at - a.escalate_at) / 2,
          roles = (select coalesce(array_agg(distinct r order by r), '{}')
                   from unnest(a.roles || case
                     when a.escalation = 0 and 'approver' = any (a.roles) then array['operator']
                     when a.roles && array['approver', 'operator'] then array['admin']
                     else '{}'::text[] end) r)
      from (select tenant_id, approval_id from approval
            where state = 'pending' and escalation < 2 and escalate_at <= clock_timestamp()
              and expires_at > clock_timestamp()
            order by escalate_at limit ? for update skip locked) due
      where a.tenant_id = due.tenant_id and a.approval_id = due.approval_id
        and a.state = 'pending' and a.escalation < 2 and a.escalate_at <= clock_timestamp()
      returning a.tenant_id, a.approval_id, a.task_id, a.tool, a.escalation, a.roles
      """;
}
