package io.agentos.runtime.killswitch;

/**
 * The statements of triggers. Each looks at a bounded part of its table, by index: entries of one
 * type in the window, agents that failed in the window and their last tasks.
 */
final class TriggersSql {
  private TriggersSql() {}

  static final String AGENTS =
      """
      select e.tenant_id, e.actor, count(*) as found
      from (select tenant_id, actor, at from audit_entry
            where type = ? and type in ('loop.detected', 'gate.refused', 'budget.exceeded')
              and at > now() - make_interval(secs => ?) and actor like 'agent:%'
            order by at desc limit 20000) e
      where e.at > coalesce((
        select max(k.released_at) from kill_switch k
        where k.tenant_id = e.tenant_id and k.triggered_by = ? and k.scope = 'agent'
          and k.target = substr(e.actor, 7)), '-infinity')
      group by e.tenant_id, e.actor having count(*) >= ?
      """;

  static final String TENANTS =
      """
      select e.tenant_id, count(*) as found
      from (select tenant_id, at from audit_entry
            where type = 'budget.exceeded' and at > now() - make_interval(secs => ?)
            order by at desc limit 20000) e
      where e.at > coalesce((
        select max(k.released_at) from kill_switch k
        where k.tenant_id = e.tenant_id and k.triggered_by = 'budget_exceeded'
          and k.scope = 'tenant' and k.target = ''), '-infinity')
      group by e.tenant_id having count(*) >= ?
      """;

  static final String ERRORS =
      """
      with suspect as (
        select distinct tenant_id, agent
        from (select tenant_id, agent from task
              where state = 'failed' and agent is not null
                and ended_at > now() - make_interval(secs => ?)
              order by ended_at desc limit 20000) f),
      judged as (
        select s.tenant_id, s.agent, r.ended, r.failed
        from suspect s, lateral (
          select count(*) as ended, count(*) filter (where l.state = 'failed') as failed
          from (select t.state from task t
                where t.tenant_id = s.tenant_id and t.agent = s.agent
                  and t.ended_at > now() - make_interval(secs => ?)
                  and t.ended_at > coalesce((
                    select max(k.released_at) from kill_switch k
                    where k.tenant_id = s.tenant_id and k.triggered_by = 'errors'
                      and k.scope = 'agent' and k.target = s.agent), '-infinity')
                order by t.ended_at desc limit ?) l) r)
      select tenant_id, agent, ended, failed from judged
      where ended >= ? and failed * 100 >= ended * ?
      """;
}
