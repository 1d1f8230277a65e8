-- Budgets: what may be spent, what is spent, and what calls under way may still spend.
--
-- Runs as agentos_owner; roles and row-level security as in V001. Money is micro-dollars. A call
-- reserves the most it can cost from every budget that covers it before it begins, and settles
-- what it did cost after it. Nobody who holds these rows can make a window hold more than its
-- limit: a CHECK says so.

create table budget (
  tenant_id        text not null references tenant,
  budget_id        uuid not null,
  scope            text not null check (scope in ('tenant', 'pack', 'agent', 'task')),
  target           text not null check ((target = '') = (scope = 'tenant')),
  period           text not null check (period in ('none', 'day', 'month')),
  -- Null: no longer in force. Its windows stay, for what is reserved of them comes back.
  limit_usd_micros bigint check (limit_usd_micros between 0 and 1000000000000000),
  warn_percents    integer[] not null check (cardinality(warn_percents) <= 10),
  created_by       text not null,
  created_at       timestamptz not null default now(),
  changed_by       text not null,
  changed_at       timestamptz not null default now(),
  primary key (tenant_id, budget_id),
  unique (tenant_id, scope, target, period)
);

-- One budget in one of its periods. The limit is the budget's, or what was spent and reserved when
-- somebody lowered it below that; it follows the budget's as reservations come back.
create table budget_window (
  tenant_id        text not null,
  budget_id        uuid not null,
  window_start     timestamptz not null,
  limit_usd_micros bigint not null,
  committed        bigint not null default 0 check (committed >= 0),
  reserved         bigint not null default 0 check (reserved >= 0),
  -- What was charged beyond reservations that were full to the limit.
  overdraft        bigint not null default 0 check (overdraft >= 0),
  primary key (tenant_id, budget_id, window_start),
  foreign key (tenant_id, budget_id) references budget,
  constraint budget_window_limit check (committed + reserved <= limit_usd_micros)
) with (fillfactor = 50);

-- What one attempt of one call holds of its windows. held → settled by the commit of the attempt's
-- outcome, in a row of its own; settled → applied when the windows have it; held → swept when its
-- outcome can never be written any more, which charges all of it, for nobody knows.
create table budget_reservation (
  tenant_id   text not null references tenant,
  task_id     uuid not null,
  position    integer not null check (position > 0),
  attempt     integer not null check (attempt > 0),
  step        text not null,
  state       text not null check (state in ('held', 'settled', 'applied', 'swept')),
  amount      bigint not null check (amount >= 0),
  actual      bigint check (actual >= 0),
  -- Who holds it: the owner of the task in an epoch; or, for a call outside of a task, a time.
  owner       uuid,
  epoch       bigint,
  lease_until timestamptz,
  budgets     uuid[] not null,
  windows     timestamptz[] not null,
  created_at  timestamptz not null default now(),
  ended_at    timestamptz,
  primary key (tenant_id, task_id, position, attempt),
  constraint budget_reservation_windows check (
    cardinality(budgets) = cardinality(windows) and cardinality(budgets) > 0),
  constraint budget_reservation_settled check (
    (actual is not null) = (state in ('settled', 'applied')) and (ended_at is null) = (state = 'held'))
);
create index budget_reservation_held on budget_reservation (tenant_id, task_id) where state = 'held';
create index budget_reservation_settled on budget_reservation (tenant_id, task_id) where state = 'settled';

-- What was spent of a budget in each hour, for forecasts.
create table budget_hour (
  tenant_id text not null,
  budget_id uuid not null,
  hour      timestamptz not null,
  spent     bigint not null check (spent >= 0),
  primary key (tenant_id, budget_id, hour),
  foreign key (tenant_id, budget_id) references budget
);

-- Which thresholds of a window were crossed, each told once.
create table budget_alert (
  tenant_id    text not null,
  budget_id    uuid not null,
  window_start timestamptz not null,
  percent      integer not null check (percent between 1 and 100),
  at           timestamptz not null default now(),
  primary key (tenant_id, budget_id, window_start, percent),
  foreign key (tenant_id, budget_id, window_start) references budget_window
);

-- When the period began that holds a time, in UTC; one without periods began in 1970.
create function budget_window_start(period text, at timestamptz) returns timestamptz
  language sql stable parallel safe set search_path = ''
  return case period
    when 'day' then date_trunc('day', at, 'UTC')
    when 'month' then date_trunc('month', at, 'UTC')
    else timestamptz '1970-01-01 00:00:00+00' end;
revoke execute on function budget_window_start(text, timestamptz) from public;
grant execute on function budget_window_start(text, timestamptz) to agentos_app, agentos_engine;

-- The windows of all budgets that cover some calls, made where they are not there yet and locked in
-- one order for all who ask; and of calls that have their reservation already, that one alone.
-- A call stands in the n-th place of each array, and its rows say so.
create function budget_windows_of(
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
  from unnest(tenants, task_names, packs, agents) as u (tenant_id, task, pack, agent)
  join budget b on b.tenant_id = u.tenant_id and b.limit_usd_micros is not null
    and (b.scope, b.target) in (('tenant', ''), ('pack', u.pack), ('agent', u.agent), ('task', u.task))
  where not exists (
    select from budget_window w where w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
      and w.window_start = budget_window_start(b.period, now()))
  order by 1, 2, 3
  on conflict do nothing;

  return query
    select u.n::integer, null::text, null::bigint, w.tenant_id, w.budget_id, b.scope, b.target, b.period, w.window_start,
           least(b.limit_usd_micros, w.limit_usd_micros), w.committed, w.reserved
    from unnest(tenants, tasks, task_names, positions, attempts, packs, agents)
      with ordinality as u (tenant_id, task_id, task, position, attempt, pack, agent, n)
    join budget b on b.tenant_id = u.tenant_id and b.limit_usd_micros is not null
      and (b.scope, b.target) in (('tenant', ''), ('pack', u.pack), ('agent', u.agent), ('task', u.task))
    join budget_window w on w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
      and w.window_start = budget_window_start(b.period, now())
    where not exists (
      select from budget_reservation r where r.tenant_id = u.tenant_id and r.task_id = u.task_id
        and r.position = u.position and r.attempt = u.attempt)
    order by w.tenant_id, w.budget_id, w.window_start, u.n
    for update of w;
end $$;
revoke execute on function budget_windows_of(text[], uuid[], text[], integer[], integer[], text[], text[]) from public;
grant execute on function budget_windows_of(text[], uuid[], text[], integer[], integer[], text[], text[]) to agentos_engine;

-- Row-level security: the shape of V001.
do $$
declare
  t text;
begin
  foreach t in array array['budget', 'budget_window', 'budget_reservation', 'budget_hour', 'budget_alert'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

-- People set limits; what was spent is the engine's to write.
grant select, insert on budget to agentos_app;
grant update (limit_usd_micros, warn_percents, changed_by, changed_at) on budget to agentos_app;
grant select on budget_window, budget_hour, budget_alert to agentos_app;
grant update (limit_usd_micros) on budget_window to agentos_app;

grant select on budget to agentos_engine;
grant select, insert, update on budget_window, budget_hour to agentos_engine;
grant select, insert on budget_alert to agentos_engine;
grant select, insert on budget_reservation to agentos_engine;
grant update (state, actual, ended_at) on budget_reservation to agentos_engine;
