-- Tenants, keys, tasks, the journal, approvals, kill switches, idempotency and audit.
--
-- Runs as agentos_owner. Two roles use the tables, both without login of their own:
--   agentos_app     one tenant at a time, named by the setting agentos.tenant; row-level security
--   agentos_engine  claims tasks and writes journals of all tenants; no update or delete of history
-- Every tenant table has FORCE ROW LEVEL SECURITY and the tenant in its primary key.

create function tenant() returns text
  language sql stable parallel safe set search_path = ''
  return nullif(current_setting('agentos.tenant', true), '');
revoke execute on function tenant() from public;
grant execute on function tenant() to agentos_app, agentos_engine;

create table tenant (
  tenant_id  text primary key check (tenant_id ~ '^[a-z][a-z0-9-]{0,62}$'),
  created_at timestamptz not null default now()
);

create table api_key (
  tenant_id  text not null references tenant,
  key_id     uuid not null,
  name       text not null check (length(name) between 1 and 200),
  role       text not null check (role in ('admin', 'operator', 'approver', 'developer', 'viewer', 'auditor')),
  hash       bytea not null check (length(hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, key_id)
);
create unique index api_key_id on api_key (key_id);

-- One process that runs tasks. The row is immutable until it is declared dead: whoever writes a
-- journal locks it FOR KEY SHARE, whoever takes over deletes it, so that no write of a dead node
-- can commit after its tasks were given away.
create table node (
  node_id    uuid primary key,
  instance   text not null,
  started_at timestamptz not null default now()
);
create table node_heartbeat (
  node_id uuid primary key references node on delete cascade,
  beat_at timestamptz not null default now()
) with (fillfactor = 50);

create table task (
  tenant_id       text not null references tenant,
  task_id         uuid not null,
  state           text not null check (state in ('queued', 'running', 'waiting', 'completed', 'failed', 'denied', 'cancelled')),
  waiting_for     text check (waiting_for in ('approval', 'timer', 'reconcile', 'child', 'capacity', 'killed')),
  program         text not null,
  request         text not null,
  pack            text,
  agent           text,
  type            text,
  priority        smallint not null check (priority between 0 and 9),
  deadline        timestamptz,
  labels          jsonb not null,
  parent_id       uuid,
  principal       text not null,
  -- Claiming: ready tasks are taken; the others become ready at due_at or when signalled.
  ready           boolean not null,
  ready_at        timestamptz not null default now(),
  due_at          timestamptz,
  owner           uuid,
  epoch           bigint not null default 0,
  attempt         integer not null default 0,
  signals         integer not null default 0,
  cancel_reason   text,
  -- Ending.
  output          text,
  error_code      text,
  error_detail    text,
  usage           text,
  pack_version    text,
  policy_version  text,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  ended_at        timestamptz,
  primary key (tenant_id, task_id),
  foreign key (tenant_id, parent_id) references task (tenant_id, task_id),
  constraint task_ended check ((state in ('completed', 'failed', 'denied', 'cancelled')) = (ended_at is not null)),
  constraint task_waiting check ((state = 'waiting') = (waiting_for is not null)),
  constraint task_owned check (owner is null or state = 'running'),
  constraint task_ready check (not ready or (owner is null and ended_at is null))
) with (fillfactor = 80);
create index task_ready on task (priority desc, deadline, ready_at) where ready;
create index task_due on task (due_at) where not ready and due_at is not null;
create index task_owner on task (owner) where owner is not null;
create index task_killed on task (tenant_id) where waiting_for = 'killed';
create index task_list on task (tenant_id, task_id desc);
create index task_labels on task using gin (labels jsonb_path_ops);

-- A terminal state is never left, whoever writes.
create function task_keep_terminal() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if old.ended_at is not null then
    raise exception 'task % has ended as % and stays so', old.task_id, old.state using errcode = 'AOS01';
  end if;
  return new;
end $$;
revoke execute on function task_keep_terminal() from public;
create trigger task_keep_terminal before update on task
  for each row when (old.ended_at is not null) execute function task_keep_terminal();

-- The task's story: its events, and what its program remembers. Written by the owner of the task
-- alone while it runs, by whoever holds the task's row while it does not. (tenant, task, seq) is
-- the last line of defence: two writers can never both be right about the next number.
create table journal (
  tenant_id text not null,
  task_id   uuid not null,
  seq       integer not null check (seq > 0),
  type      text not null,
  position  integer,
  name      text,
  state     text check (state in ('intent', 'committed', 'failed', 'unknown', 'discarded')),
  attempt   smallint,
  epoch     bigint not null,
  at        timestamptz not null,
  body      text,
  payload   bytea,
  primary key (tenant_id, task_id, seq)
);

-- Long values, stored once per tenant under their SHA-256.
create table payload (
  tenant_id text not null,
  hash      bytea not null check (length(hash) = 32),
  body      text not null,
  primary key (tenant_id, hash)
);

-- What somebody outside told a task: a decision, an outcome.
create table signal (
  tenant_id text not null,
  task_id   uuid not null,
  name      text not null,
  body      text not null,
  sent_at   timestamptz not null default now(),
  primary key (tenant_id, task_id, name),
  foreign key (tenant_id, task_id) references task (tenant_id, task_id)
);

create table approval (
  tenant_id   text not null,
  approval_id uuid not null,
  task_id     uuid not null,
  step        text not null,
  agent       text not null,
  tool        text not null,
  zone        text not null,
  tool_digest text not null,
  versions    text not null,
  arguments   text not null,
  reason      text not null,
  rule        text not null,
  requester   text not null,
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  state       text not null check (state in ('pending', 'approved', 'edited', 'rejected', 'expired', 'superseded', 'consumed')),
  decided_by  text,
  decided_at  timestamptz,
  comment     text,
  edited_arguments text,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  consumed_at timestamptz,
  primary key (tenant_id, approval_id),
  foreign key (tenant_id, task_id) references task (tenant_id, task_id),
  unique (tenant_id, task_id, step),
  constraint approval_decided check ((decided_by is not null) = (state in ('approved', 'edited', 'rejected', 'consumed'))),
  constraint approval_consumed check ((consumed_at is not null) = (state = 'consumed')),
  constraint approval_never_by_requester check (decided_by is null or decided_by <> requester)
);
create index approval_pending on approval (tenant_id, approval_id desc) where state = 'pending';

create table kill_switch (
  tenant_id   text not null references tenant,
  kill_id     uuid not null,
  scope       text not null check (scope in ('global', 'tenant', 'pack', 'agent', 'tool', 'provider', 'model', 'task')),
  target      text not null,
  reason      text not null check (length(reason) between 1 and 1000),
  engaged_by  text not null,
  engaged_at  timestamptz not null default now(),
  released_by text,
  released_at timestamptz,
  primary key (tenant_id, kill_id),
  constraint kill_released check ((released_by is null) = (released_at is null))
);
create index kill_active on kill_switch (tenant_id) where released_at is null;

create table kill_acknowledgement (
  tenant_id       text not null,
  kill_id         uuid not null,
  node_id         uuid not null,
  stopped         integer not null,
  acknowledged_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, kill_id, node_id),
  foreign key (tenant_id, kill_id) references kill_switch
);

create table idempotency (
  tenant_id  text not null references tenant,
  route      text not null,
  key        text not null check (length(key) between 1 and 255),
  body_hash  bytea not null check (length(body_hash) = 32),
  status     integer not null,
  response   text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, route, key)
);

-- The head of each tenant's audit chain; locked by whoever appends, so that numbers have no gap.
create table chain_head (
  tenant_id text primary key references tenant,
  seq       bigint not null,
  hash      bytea not null check (length(hash) = 32)
);

-- hash = SHA-256(hash of the entry before, 32 zero bytes for the first || body as UTF-8).
create table audit_entry (
  tenant_id text not null,
  seq       bigint not null check (seq > 0),
  at        timestamptz not null,
  type      text not null,
  actor     text not null,
  subject   text not null,
  body      text not null,
  hash      bytea not null check (length(hash) = 32),
  primary key (tenant_id, seq)
);
create function audit_append_only() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'AOS02';
end $$;
revoke execute on function audit_append_only() from public;
create trigger audit_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_append_only();

-- Row-level security: one shape for all.
do $$
declare
  t text;
begin
  foreach t in array array['tenant', 'api_key', 'task', 'journal', 'payload', 'signal', 'approval', 'kill_switch',
                           'kill_acknowledgement', 'idempotency', 'chain_head', 'audit_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;
revoke all on node, node_heartbeat from public;

grant select on tenant to agentos_app;
grant select, insert, update on api_key to agentos_app;
grant select, insert, update on task to agentos_app;
grant select, insert on journal, signal, audit_entry to agentos_app;
grant select on payload to agentos_app;
grant select, insert, update on approval, kill_switch, idempotency, chain_head to agentos_app;
grant delete on idempotency to agentos_app;
grant select on kill_acknowledgement to agentos_app;

grant select, insert on tenant, chain_head, payload, journal, audit_entry, kill_acknowledgement to agentos_engine;
grant update on chain_head to agentos_engine;
grant select, insert on api_key to agentos_engine;
grant select, update on task to agentos_engine;
grant select on signal, kill_switch to agentos_engine;
grant select, insert, update on approval to agentos_engine;
grant select, insert, delete on node to agentos_engine;
grant update (instance) on node to agentos_engine;
grant select, insert, update, delete on node_heartbeat to agentos_engine;
