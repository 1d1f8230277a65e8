-- Texts of tasks sealed under keys that can be destroyed.
--
-- Runs as agentos_owner; roles and row-level security as in V001. The master key is never here. It
-- wraps one key per tenant, which wraps a data key per subject, or per task that names none. What a
-- task was given or said is sealed under its data key before Postgres sees it: bytes that begin
-- with 0xff, which no UTF-8 text does, so that rows from before are known and stay readable.

-- Wrapped by the master key; wrapped again when that changes.
create table tenant_key (
  tenant_id  text primary key references tenant,
  wrapped    bytea not null,
  created_at timestamptz not null default now(),
  wrapped_at timestamptz not null default now()
);

-- Wrapped by the tenant's key. Erasing begins with erasing_at: nothing new is sealed under the key.
-- It ends with destroyed_at: the wrapped key is gone, the row stays to say so. Vacuum comes for the
-- dead row as soon as it may.
create table data_key (
  tenant_id    text not null references tenant,
  key_id       uuid not null,
  -- HMAC of the subject's name under the tenant's key; null for the key of one task.
  subject      bytea check (length(subject) = 32),
  wrapped      bytea,
  created_at   timestamptz not null default now(),
  erasing_at   timestamptz,
  destroyed_at timestamptz,
  primary key (tenant_id, key_id),
  constraint data_key_destroyed check ((wrapped is null) = (destroyed_at is not null)),
  constraint data_key_erasing check (destroyed_at is null or erasing_at is not null)
) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
create unique index data_key_subject on data_key (tenant_id, subject)
  where subject is not null and erasing_at is null;
create index data_key_erasing on data_key (erasing_at)
  where erasing_at is not null and destroyed_at is null;

-- What is destroyed stays so, whoever writes.
create function data_key_stay_destroyed() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise exception 'data key % is destroyed and stays so', old.key_id using errcode = 'AOS09';
end $$;
revoke execute on function data_key_stay_destroyed() from public;
create trigger data_key_stay_destroyed before update on data_key
  for each row when (old.destroyed_at is not null) execute function data_key_stay_destroyed();

do $$
declare
  t text;
begin
  foreach t in array array['tenant_key', 'data_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

grant select, insert on tenant_key, data_key to agentos_app;
grant update (erasing_at) on data_key to agentos_app;
grant select on tenant_key, data_key to agentos_engine;
grant update (wrapped, wrapped_at) on tenant_key to agentos_engine;
grant update (wrapped, destroyed_at) on data_key to agentos_engine;

-- Which key seals a task's texts; null for tasks from before.
alter table task add column key_id uuid;
alter table task add foreign key (tenant_id, key_id) references data_key;
create index task_of_subject on task (tenant_id, key_id) where key_id <> task_id;

-- Texts become bytes; those from before stay readable as they are.
alter table task
  alter column request type bytea using convert_to(request, 'UTF8'),
  alter column output type bytea using convert_to(output, 'UTF8'),
  alter column error_detail type bytea using convert_to(error_detail, 'UTF8'),
  alter column cancel_reason type bytea using convert_to(cancel_reason, 'UTF8');
alter table journal alter column body type bytea using convert_to(body, 'UTF8');
alter table payload alter column body type bytea using convert_to(body, 'UTF8');
alter table signal alter column body type bytea using convert_to(body, 'UTF8');

alter table approval
  alter column facts drop default,
  alter column arguments type bytea using convert_to(arguments, 'UTF8'),
  alter column edited_arguments type bytea using convert_to(edited_arguments, 'UTF8'),
  alter column reason type bytea using convert_to(reason, 'UTF8'),
  alter column comment type bytea using convert_to(comment, 'UTF8'),
  alter column facts type bytea using convert_to(facts, 'UTF8');
alter table approval_vote alter column comment type bytea using convert_to(comment, 'UTF8');

alter table policy_decision drop constraint policy_decision_input_check;
alter table policy_decision
  alter column input type bytea using convert_to(input, 'UTF8'),
  alter column decision type bytea using convert_to(decision, 'UTF8'),
  add constraint policy_decision_input_check check (length(input) <= 1000000);

-- Answers that hold what a task was given are sealed with its key.
alter table idempotency
  alter column response type bytea using convert_to(response, 'UTF8'),
  add column task_id uuid;

-- Kept answers are sealed by the task that got them; those of before are asked for again.
truncate model_cache;
alter table model_cache
  alter column body type bytea using convert_to(body, 'UTF8'),
  add column task_id uuid not null;

-- What somebody asked to erase: all tasks about a subject, or one task. Neither names nor content.
create table erasure (
  tenant_id    text not null references tenant,
  erasure_id   uuid not null,
  task_id      uuid,
  -- Null where nothing was kept about the subject.
  key_id       uuid,
  tasks        integer not null check (tasks >= 0),
  requested_by text not null,
  requested_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (tenant_id, erasure_id),
  foreign key (tenant_id, key_id) references data_key,
  constraint erasure_nothing check (key_id is not null or (completed_at is not null and task_id is null))
);
create index erasure_open on erasure (requested_at) where completed_at is null;
alter table erasure enable row level security;
alter table erasure force row level security;
create policy one_tenant on erasure to agentos_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy all_tenants on erasure to agentos_engine
  using (tenant_id is not null) with check (tenant_id is not null);
revoke all on erasure from public;
grant select, insert on erasure to agentos_app;
grant select on erasure to agentos_engine;
grant update (completed_at) on erasure to agentos_engine;
