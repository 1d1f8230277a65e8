-- Kill switches with an epoch, held tasks that know what holds them, staged restore, triggers.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- One count for the installation: a later switch has a greater epoch, whatever its tenant.
create sequence kill_epoch as bigint;
grant usage on sequence kill_epoch to agentos_app, agentos_engine;

alter table kill_switch
  add column epoch bigint not null default nextval('kill_epoch'),
  -- A drill is acknowledged like any other switch, and covers nothing.
  add column drill boolean not null default false,
  -- Which rule engaged it by itself; null for a person.
  add column triggered_by text check (triggered_by in ('loops', 'gate_refusals', 'errors', 'budget_exceeded')),
  -- The target of the scope task as the task table knows it.
  add column target_task uuid,
  -- How many tasks come back each minute after the release; null for all at once.
  add column restore_per_minute integer check (restore_per_minute between 1 and 100000),
  -- When the last task was given back; null while nodes still look for some.
  add column restored_at timestamptz,
  -- Whether the audit log has it: a switch holds at once, and never waits for the chain.
  add column audited boolean not null default true,
  add constraint kill_restored check (restored_at is null or released_at is not null),
  add constraint kill_restore_plan check (restore_per_minute is null or released_at is not null);
alter table kill_switch alter column audited set default false;
create unique index kill_epoch_once on kill_switch (epoch);
create index kill_unaudited on kill_switch (kill_id) where not audited;
create index kill_restoring on kill_switch (released_at)
  where released_at is not null and restored_at is null and not drill;
-- Two nodes that see the same figures engage one switch.
create unique index kill_triggered_once on kill_switch (tenant_id, scope, target, triggered_by)
  where released_at is null and triggered_by is not null;
create index kill_triggered on kill_switch (tenant_id, triggered_by, scope, target, released_at)
  where triggered_by is not null;

alter table kill_acknowledgement
  add column epoch bigint not null default 0,
  add column audited boolean not null default true;
alter table kill_acknowledgement alter column audited set default false;
create index kill_acknowledgement_unaudited on kill_acknowledgement (kill_id) where not audited;

-- Which switch holds a task that waits for 'killed'. It may belong to another tenant (global).
alter table task add column killed_by uuid;
drop index task_killed;
create index task_killed_by on task (killed_by) where waiting_for = 'killed';
create index task_waiting on task (tenant_id, waiting_for) where state = 'waiting';

-- What the triggers count.
create index audit_triggers on audit_entry (type, at)
  where type in ('loop.detected', 'gate.refused', 'budget.exceeded');
create index task_failures on task (ended_at) where state = 'failed' and agent is not null;
create index task_outcomes on task (tenant_id, agent, ended_at desc)
  where ended_at is not null and agent is not null;

grant insert on kill_switch to agentos_engine;
grant update (audited, restored_at) on kill_switch to agentos_engine;
grant update (audited) on kill_acknowledgement to agentos_engine;
