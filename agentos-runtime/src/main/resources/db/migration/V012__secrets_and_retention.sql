-- Secrets of tenants; how long records are kept, what is held, and what was spent by records that
-- are gone.
--
-- Runs as agentos_owner; roles and row-level security as in V001, and one role more:
--   agentos_retention  deletes what the rules of one tenant say, one tenant at a time, and nothing held

-- A value that tools get and nobody reads. The version counts on after a deletion, so that what was
-- approved with a version never means another value.
create table secret (
  tenant_id   text not null references tenant,
  name        text not null check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  description text not null check (length(description) <= 500),
  -- Which arguments of which tools may get it (TOOL/ARGUMENT), from which agents; none: nobody.
  tools       text[] not null check (cardinality(tools) <= 50),
  agents      text[] not null check (cardinality(agents) <= 50),
  version     integer not null check (version > 0),
  disabled    boolean not null default false,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  changed_by  text not null,
  changed_at  timestamptz not null default now(),
  deleted_by  text,
  deleted_at  timestamptz,
  primary key (tenant_id, name),
  constraint secret_deleted check ((deleted_by is null) = (deleted_at is null))
);

create table secret_version (
  tenant_id    text not null,
  name         text not null,
  version      integer not null check (version > 0),
  -- Under the master key, which Postgres never sees; null when it was destroyed.
  sealed       bytea check (octet_length(sealed) <= 100000),
  created_by   text not null,
  created_at   timestamptz not null default now(),
  -- Until when it is good beside the version that followed; null for the current one.
  expires_at   timestamptz,
  last_used_at timestamptz,
  destroyed_at timestamptz,
  primary key (tenant_id, name, version),
  foreign key (tenant_id, name) references secret,
  constraint secret_version_destroyed check ((sealed is null) = (destroyed_at is not null))
);
create index secret_version_expired on secret_version (tenant_id, expires_at)
  where sealed is not null and expires_at is not null;

-- One row a tenant: its rules, and a count of the holds that were ever placed. Whoever deletes
-- shares the row until its transaction ends; whoever places a hold or changes the rules writes it.
-- So a hold waits for deletions under way, and none that begins later misses it.
create table retention (
  tenant_id  text primary key references tenant,
  revision   bigint not null default 0 check (revision >= 0),
  -- Days to keep by kind, as JSON; null for ever. A kind that is not named has its default.
  rules      text not null default '{}' check (length(rules) <= 4000),
  holds      bigint not null default 0 check (holds >= 0),
  changed_by text,
  changed_at timestamptz,
  constraint retention_changed check ((changed_by is null) = (changed_at is null))
);

-- When it is a tenant's turn; taken by one node at a time.
create table retention_turn (
  tenant_id text primary key references tenant,
  due_at    timestamptz not null default now()
) with (fillfactor = 50);
create index retention_turn_due on retention_turn (due_at);

-- What nobody deletes or erases until it is released.
create table legal_hold (
  tenant_id      text not null references tenant,
  hold_id        uuid not null,
  scope          text not null check (scope in ('tenant', 'task', 'agent', 'label', 'subject')),
  -- As people write it: a task's id, PACK.AGENT, KEY=VALUE; empty for the tenant and for a subject.
  target         text not null check ((target = '') = (scope in ('tenant', 'subject')) and length(target) <= 500),
  target_task    uuid check ((target_task is not null) = (scope = 'task')),
  target_label   jsonb check ((target_label is not null) = (scope = 'label')),
  -- A subject as data_key knows it, and its name under the master key until the hold is released.
  target_subject bytea check ((target_subject is not null) = (scope = 'subject') and length(target_subject) = 32),
  sealed_target  bytea check (sealed_target is null or scope = 'subject'),
  reason         text not null check (length(reason) between 1 and 1000),
  placed_by      text not null,
  placed_at      timestamptz not null default now(),
  released_by    text,
  released_at    timestamptz,
  release_reason text check (length(release_reason) between 1 and 1000),
  primary key (tenant_id, hold_id),
  constraint hold_forgets check (sealed_target is null or released_at is null),
  constraint hold_released check (
    (released_by is null) = (released_at is null) and (release_reason is null) = (released_at is null))
);
create index legal_hold_active on legal_hold (tenant_id, scope, target) where released_at is null;

-- A released hold stays as it was: the record of a hold is itself a record.
create function legal_hold_keep_word() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if old.released_at is not null then
    raise exception 'hold % was released and stays so', old.hold_id using errcode = 'AOS04';
  end if;
  return new;
end $$;
revoke execute on function legal_hold_keep_word() from public;
create trigger legal_hold_keep_word before update on legal_hold
  for each row execute function legal_hold_keep_word();

-- What the model calls used that are gone, by the hour in which they began.
create table model_call_sum (
  tenant_id               text not null references tenant,
  hour                    timestamptz not null,
  pack                    text not null,
  agent                   text not null,
  provider                text not null,
  model                   text not null,
  calls                   bigint not null check (calls > 0),
  cached_calls            bigint not null,
  failed_calls            bigint not null,
  estimated_calls         bigint not null,
  input_tokens            bigint not null,
  cache_read_tokens       bigint not null,
  cache_write_tokens      bigint not null,
  cache_write_hour_tokens bigint not null,
  output_tokens           bigint not null,
  reasoning_tokens        bigint not null,
  cost_usd_picos          numeric(40) not null check (cost_usd_picos >= 0),
  primary key (tenant_id, hour, pack, agent, provider, model)
);

-- Whoever deletes model calls, what they used and cost stays in the sums.
create function model_call_into_sum() returns trigger
  language plpgsql security invoker set search_path = agentos, pg_temp as $$
begin
  insert into model_call_sum as s
  select tenant_id, date_trunc('hour', at, 'UTC'), pack, agent, provider, model, count(*),
         count(*) filter (where outcome = 'cached'), count(*) filter (where outcome in ('failed', 'unsettled')),
         count(*) filter (where estimated), sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens),
         sum(cache_write_hour_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_usd_picos)
  from gone group by 1, 2, 3, 4, 5, 6
  order by 1, 2, 3, 4, 5, 6
  on conflict (tenant_id, hour, pack, agent, provider, model) do update
    set calls = s.calls + excluded.calls,
        cached_calls = s.cached_calls + excluded.cached_calls,
        failed_calls = s.failed_calls + excluded.failed_calls,
        estimated_calls = s.estimated_calls + excluded.estimated_calls,
        input_tokens = s.input_tokens + excluded.input_tokens,
        cache_read_tokens = s.cache_read_tokens + excluded.cache_read_tokens,
        cache_write_tokens = s.cache_write_tokens + excluded.cache_write_tokens,
        cache_write_hour_tokens = s.cache_write_hour_tokens + excluded.cache_write_hour_tokens,
        output_tokens = s.output_tokens + excluded.output_tokens,
        reasoning_tokens = s.reasoning_tokens + excluded.reasoning_tokens,
        cost_usd_picos = s.cost_usd_picos + excluded.cost_usd_picos;
  return null;
end $$;
revoke execute on function model_call_into_sum() from public;
create trigger model_call_into_sum after delete on model_call
  referencing old table as gone for each statement execute function model_call_into_sum();

-- The hold that keeps a task's records, or null. Reads one tenant's holds, as the caller's role. Asked of each
-- row, so it is in plpgsql, which keeps its plan.
create function task_hold(of_tenant text, of_task uuid, of_pack text, of_agent text, of_labels jsonb, of_key uuid)
  returns uuid
  language plpgsql stable security invoker set search_path = agentos, pg_temp as $$
begin
  return (
    select h.hold_id from legal_hold h
    where h.tenant_id = of_tenant and h.released_at is null
      and case h.scope
        when 'tenant' then true
        when 'task' then h.target_task = of_task
        when 'agent' then h.target = of_pack || '.' || of_agent
        when 'label' then of_labels @> h.target_label
        when 'subject' then exists (
          select from data_key k where k.tenant_id = of_tenant and k.key_id = of_key and k.subject = h.target_subject)
      end
    order by h.hold_id limit 1);
end $$;
revoke execute on function task_hold(text, uuid, text, text, jsonb, uuid) from public;
grant execute on function task_hold(text, uuid, text, text, jsonb, uuid) to agentos_app, agentos_engine, agentos_retention;

-- What the deletions look for.
create index task_ended on task (tenant_id, ended_at, task_id) where ended_at is not null;
create index task_of_key on task (tenant_id, key_id) where key_id is not null;
create index task_children on task (tenant_id, parent_id) where parent_id is not null;
create index journal_payload on journal (tenant_id, payload) where payload is not null;
create index idempotency_age on idempotency (tenant_id, created_at);
create index budget_reservation_over on budget_reservation (tenant_id, ended_at) where state in ('applied', 'swept');

do $$
declare
  t text;
begin
  foreach t in array array['secret', 'secret_version', 'retention', 'retention_turn', 'legal_hold', 'model_call_sum'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('revoke all on %I from public', t);
  end loop;
  foreach t in array array['secret_version', 'retention', 'legal_hold', 'model_call_sum', 'task', 'journal', 'payload', 'signal',
                           'approval', 'approval_vote', 'model_call', 'model_cache', 'policy_decision', 'budget_reservation',
                           'idempotency', 'user_session', 'sign_in_link', 'data_key', 'chain_head', 'audit_entry',
                           'webhook_endpoint', 'webhook_delivery'] loop
    execute format('create policy one_tenant_pruned on %I to agentos_retention using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
  end loop;
  -- Whose turn it is, is asked over all tenants, and nothing else is.
  foreach t in array array['tenant', 'retention_turn'] loop
    execute format('create policy all_tenants_pruned on %I to agentos_retention using (tenant_id is not null) with check (tenant_id is not null)', t);
  end loop;
end $$;
create policy all_tenants on legal_hold to agentos_engine using (tenant_id is not null) with check (tenant_id is not null);

grant select, insert, update on secret, secret_version to agentos_app;
grant select, insert on retention, legal_hold to agentos_app;
grant update (revision, rules, holds, changed_by, changed_at) on retention to agentos_app;
grant update (released_by, released_at, release_reason, sealed_target) on legal_hold to agentos_app;
grant select on model_call_sum to agentos_app;
grant select on legal_hold to agentos_engine;

grant usage on schema agentos to agentos_retention;
grant execute on function tenant() to agentos_retention;
grant select on tenant, legal_hold to agentos_retention;
grant select, insert on retention to agentos_retention;
grant update (holds) on retention to agentos_retention;
grant select, insert, update on retention_turn to agentos_retention;
grant select, delete on task, journal, payload, signal, approval, approval_vote, model_call, model_cache, policy_decision,
  budget_reservation, idempotency, user_session, sign_in_link to agentos_retention;
-- The key of one task goes with it; nobody here reads keys.
grant select (tenant_id, key_id, subject, erasing_at), delete on data_key to agentos_retention;
grant select, insert on model_call_sum to agentos_retention;
grant update (calls, cached_calls, failed_calls, estimated_calls, input_tokens, cache_read_tokens, cache_write_tokens,
  cache_write_hour_tokens, output_tokens, reasoning_tokens, cost_usd_picos) on model_call_sum to agentos_retention;
grant select on secret_version to agentos_retention;
grant update (sealed, destroyed_at) on secret_version to agentos_retention;
grant select, insert on audit_entry to agentos_retention;
grant select, update on chain_head to agentos_retention;
-- Endpoints are told of what is audited, by a trigger that runs as whoever audits.
grant select on webhook_endpoint to agentos_retention;
grant insert on webhook_delivery to agentos_retention;
grant execute on function uuid_by_time() to agentos_retention;
