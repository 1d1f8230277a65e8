-- Policies of tenants, every version that was ever in use, every decision with what it was made
-- from, and what counts against rates.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- The documents a tenant adds; it may only tighten. One row, replaced as a whole.
create table policy_overlay (
  tenant_id  text primary key references tenant,
  revision   bigint not null check (revision > 0),
  documents  text not null,
  updated_at timestamptz not null default now()
);

-- All rules that were in force together, under the SHA-256 of what they say.
create table policy_version (
  tenant_id  text not null references tenant,
  version    text not null check (version ~ '^[0-9a-f]{64}$'),
  body       text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- One decision of a step; input and decision are canonical JSON.
create table policy_decision (
  tenant_id text not null,
  task_id   uuid not null,
  position  integer not null check (position > 0),
  ordinal   integer not null check (ordinal >= 0),
  step      text not null,
  at        timestamptz not null default now(),
  subject   text not null check (subject in ('task', 'tool', 'model')),
  rule      text not null,
  effect    text not null check (effect in ('permit', 'forbid', 'require-approval', 'default-deny', 'error-deny')),
  version   text not null,
  input     text not null check (length(input) <= 200000),
  decision  text not null,
  primary key (tenant_id, task_id, position, ordinal),
  foreign key (tenant_id, task_id) references task (tenant_id, task_id),
  foreign key (tenant_id, version) references policy_version (tenant_id, version)
);
create index policy_decision_time on policy_decision (tenant_id, at, task_id, position, ordinal);

-- What counts against a rate. The head is written first by whoever counts, so that they take
-- turns; a slot belongs to a call, so that a call counts once however often it is tried.
create table policy_rate (
  tenant_id text not null references tenant,
  rule      text not null,
  key       text not null,
  used      bigint not null default 0 check (used >= 0),
  primary key (tenant_id, rule, key)
) with (fillfactor = 50);

create table policy_slot (
  tenant_id  text not null,
  rule       text not null,
  key        text not null,
  task_id    uuid not null,
  call       text not null check (length(call) between 1 and 500),
  amount     bigint not null check (amount >= 0),
  used       bigint not null check (used >= 0),
  fits       boolean not null,
  taken_at   timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  primary key (tenant_id, rule, key, task_id, call),
  foreign key (tenant_id, rule, key) references policy_rate (tenant_id, rule, key),
  constraint policy_slot_expires check (expires_at > taken_at)
);
create index policy_slot_window on policy_slot (tenant_id, rule, key, taken_at);

do $$
declare
  t text;
begin
  foreach t in array array['policy_overlay', 'policy_version', 'policy_decision', 'policy_rate', 'policy_slot'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

grant select, insert, update on policy_overlay, policy_rate to agentos_app;
grant select, insert on policy_version to agentos_app;
grant select on policy_decision to agentos_app;
grant select, insert, delete on policy_slot to agentos_app;
grant select, insert on policy_decision to agentos_engine;
grant select on policy_version to agentos_engine;
