-- On whose behalf a task runs, and within what: a task below another one never has more than that.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- The mandate and the bounds stand outside of the sealed request, for a task that is asked for later
-- must be kept within them though its parent may have been erased. They hold ids, roles and numbers.
-- The ancestors are those of the mandate, for the statements that follow a line upwards.
alter table task
  add column mandate   jsonb,
  add column limits    jsonb,
  add column ancestors uuid[] not null default '{}';

with recursive line (tenant_id, task_id, ancestors) as (
  select tenant_id, task_id, array[]::uuid[] from task where parent_id is null
  union all
  select t.tenant_id, t.task_id, l.ancestors || l.task_id
  from task t join line l on t.tenant_id = l.tenant_id and t.parent_id = l.task_id)
update task t set ancestors = l.ancestors
from line l where t.tenant_id = l.tenant_id and t.task_id = l.task_id and t.parent_id is not null;

-- A hold on a task holds all below it.
create or replace function task_hold(of_tenant text, of_task uuid, of_pack text, of_agent text, of_labels jsonb, of_key uuid)
  returns uuid
  language plpgsql stable security invoker set search_path = agentos, pg_temp as $$
begin
  return (
    select h.hold_id from legal_hold h
    where h.tenant_id = of_tenant and h.released_at is null
      and case h.scope
        when 'tenant' then true
        when 'task' then h.target_task = of_task or exists (
          select from task t where t.tenant_id = of_tenant and t.task_id = of_task and h.target_task = any (t.ancestors))
        when 'agent' then h.target = of_pack || '.' || of_agent
        when 'label' then of_labels @> h.target_label
        when 'subject' then exists (
          select from data_key k where k.tenant_id = of_tenant and k.key_id = of_key and k.subject = h.target_subject)
      end
    order by h.hold_id limit 1);
end $$;

-- A budget of a task covers all below it: the name of a task is followed by those of the tasks it
-- comes from, with a space between them. Else as in V004.
create or replace function budget_windows_of(
    tenants text[], tasks uuid[], task_names text[], positions integer[], attempts integer[],
    packs text[], agents text[])
  returns table (n integer, known_state text, known_amount bigint, tenant_id text, budget_id uuid, scope text,
                 target text, period text, window_start timestamptz, limit_usd_micros bigint,
                 committed bigint, reserved bigint)
  language plpgsql volatile security invoker set search_path = agentos, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select u.n::integer, r.state, r.amount, r.tenant_id, null::uuid, null::text, null::text, null::text,
           null::timestamptz, null::bigint, null::bigint, null::bigint
    from unnest(tenants, tasks, positions, attempts) with ordinality as u (tenant_id, task_id, position, attempt, n)
    join budget_reservation r on r.tenant_id = u.tenant_id and r.task_id = u.task_id
      and r.position = u.position and r.attempt = u.attempt;

  insert into budget_window (tenant_id, budget_id, window_start, limit_usd_micros)
  select distinct b.tenant_id, b.budget_id, budget_window_start(b.period, now()), b.limit_usd_micros
  from unnest(tenants, task_names, packs, agents) as u (tenant_id, line, pack, agent)
  cross join lateral unnest(string_to_array(u.line, ' ')) as l (task)
  join budget b on b.tenant_id = u.tenant_id and b.limit_usd_micros is not null
    and (b.scope, b.target) in (('tenant', ''), ('pack', u.pack), ('agent', u.agent), ('task', l.task))
  where not exists (
    select from budget_window w where w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
      and w.window_start = budget_window_start(b.period, now()))
  order by 1, 2, 3
  on conflict do nothing;

  return query
    select u.n::integer, null::text, null::bigint, w.tenant_id, w.budget_id, b.scope, b.target, b.period, w.window_start,
           least(b.limit_usd_micros, w.limit_usd_micros), w.committed, w.reserved
    from unnest(tenants, tasks, task_names, positions, attempts, packs, agents)
      with ordinality as u (tenant_id, task_id, line, position, attempt, pack, agent, n)
    cross join lateral (
      select 'tenant' as scope, '' as target
      union all select 'pack', u.pack
      union all select 'agent', u.agent
      union all select 'task', l.task from unnest(string_to_array(u.line, ' ')) as l (task)) as c
    join budget b on b.tenant_id = u.tenant_id and b.scope = c.scope and b.target = c.target
      and b.limit_usd_micros is not null
    join budget_window w on w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
      and w.window_start = budget_window_start(b.period, now())
    where not exists (
      select from budget_reservation r where r.tenant_id = u.tenant_id and r.task_id = u.task_id
        and r.position = u.position and r.attempt = u.attempt)
    order by w.tenant_id, w.budget_id, w.window_start, u.n
    for update of w;
end $$;
