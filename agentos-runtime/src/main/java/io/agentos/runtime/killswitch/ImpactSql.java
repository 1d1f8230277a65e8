package io.agentos.runtime.killswitch;

/**
 * The statements that count what a switch would stop. Tasks that have not ended are found by the
 * three small indexes of those owned, ready and waiting.
 */
final class ImpactSql {
  private ImpactSql() {}

  static final String ALL =
      """
      select (select count(*) from task where owner is not null) as running,
             (select count(*) from task where ready and state = 'queued') as queued,
             (select count(*) from task where state = 'waiting') as waiting
      """;

  static final String BY_ROW =
      """
      with live as (
        select task_id, ancestors, pack, agent, state from task where tenant_id = ? and owner is not null
        union all
        select task_id, ancestors, pack, agent, state from task
        where tenant_id = ? and ready and state = 'queued'
        union all
        select task_id, ancestors, pack, agent, state from task
        where tenant_id = ? and state = 'waiting'),
      covered as (
        select state from live
        where case ? when 'tenant' then true
                     when 'pack' then ? in (pack, split_part(agent, '.', 1))
                     when 'agent' then agent = ?
                     else ? <> '' and ?::uuid = any (ancestors || task_id) end)
      select count(*) filter (where state = 'running') as running,
             count(*) filter (where state = 'queued') as queued,
             count(*) filter (where state = 'waiting') as waiting
      from covered
      """;

  /** The last lines of tasks that say that a call is under way; of what, they say sealed. */
  static final String IN_CALL =
      """
      select t.task_id, last.seq, last.body, last.payload, p.body as payload_body, t.key_id,
             k.wrapped as wrapped_key
      from task t
      cross join lateral (
        select seq, state, body, payload from journal j
        where j.tenant_id = t.tenant_id and j.task_id = t.task_id order by seq desc limit 1) last
      left join payload p on p.tenant_id = t.tenant_id and p.hash = last.payload
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.tenant_id = ? and t.owner is not null and last.state = 'intent'
      """;

  static final String ASKED =
      """
      select count(*) as tasks from approval
      where tenant_id = ? and state = 'pending' and tool = ?
      """;
}
