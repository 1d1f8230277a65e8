-- How far places outside have been told of each audit log.
--
-- Runs as agentos_owner; roles and row-level security as in V001. Written by agentos_auditor alone.

-- Which node tells a sink. Time is the database's; the epoch is another with each change of hands.
create table audit_sink (
  sink         text primary key check (sink ~ '^[a-z][a-z0-9.-]{0,62}$'),
  holder       uuid not null,
  epoch        bigint not null,
  leased_until timestamptz not null
);
revoke all on audit_sink from public;

create table audit_sink_cursor (
  tenant_id  text not null references tenant,
  sink       text not null check (sink ~ '^[a-z][a-z0-9.-]{0,62}$'),
  -- The last entry that was taken; 0 before the first.
  seq        bigint not null check (seq >= 0),
  failures   integer not null default 0 check (failures >= 0),
  -- Why the last call failed, without what the sink said; empty when it did not.
  problem    text not null default '' check (length(problem) <= 500),
  due_at     timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (tenant_id, sink)
);
create index audit_sink_cursor_due on audit_sink_cursor (sink, due_at);

alter table audit_sink_cursor enable row level security;
alter table audit_sink_cursor force row level security;
create policy one_tenant on audit_sink_cursor to agentos_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy all_tenants on audit_sink_cursor to agentos_auditor
  using (tenant_id is not null) with check (tenant_id is not null);
revoke all on audit_sink_cursor from public;

-- What was told is never told to be less: a cursor goes on, and nobody takes it back.
create function audit_sink_cursor_grows() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise exception 'the cursor of an audit sink only grows' using errcode = 'AOS02';
end $$;
revoke execute on function audit_sink_cursor_grows() from public;
create trigger audit_sink_cursor_grows before update on audit_sink_cursor
  for each row when (new.seq < old.seq) execute function audit_sink_cursor_grows();

grant select on audit_sink_cursor to agentos_app;
grant select, insert, update on audit_sink, audit_sink_cursor to agentos_auditor;
