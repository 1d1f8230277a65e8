-- Webhooks: sources whose deliveries become tasks, endpoints that are told of events.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

create table webhook_source (
  tenant_id  text not null references tenant,
  source_id  uuid not null,
  name       text not null check (length(name) between 1 and 200),
  scheme     text not null check (scheme in ('standard', 'stripe', 'github', 'twilio', 'hmac')),
  -- How its sender signs beyond the scheme's own rules, and what task a delivery becomes; JSON.
  settings   text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, source_id)
);
-- A delivery names the source and nobody's tenant.
create index webhook_source_by_id on webhook_source (source_id);

-- What was handled: written in the transaction that stores the task.
create table webhook_seen (
  tenant_id  text not null,
  source_id  uuid not null,
  message_id text not null check (message_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  task_id    uuid not null,
  seen_at    timestamptz not null default now(),
  forget_at  timestamptz not null,
  primary key (tenant_id, source_id, message_id),
  foreign key (tenant_id, source_id) references webhook_source on delete cascade,
  constraint webhook_seen_for_a_day check (forget_at >= seen_at + interval '24 hours')
);
create index webhook_seen_old on webhook_seen (forget_at);

create table webhook_endpoint (
  tenant_id   text not null references tenant,
  endpoint_id uuid not null,
  url         text not null check (length(url) between 1 and 2048),
  description text not null check (length(description) <= 500),
  events      text[] not null check (cardinality(events) between 1 and 64),
  content     text not null check (content in ('ids', 'facts')),
  state       text not null default 'active' check (state in ('active', 'disabled')),
  reason      text not null default '',
  created_by  text not null,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, endpoint_id)
);
create index webhook_endpoint_active on webhook_endpoint (tenant_id, endpoint_id) where state = 'active';

-- Secrets of sources and endpoints, sealed outside of Postgres. Two may be valid at once.
create table webhook_secret (
  tenant_id  text not null references tenant,
  owner_id   uuid not null,
  secret_id  uuid not null,
  sealed     bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (tenant_id, owner_id, secret_id)
);

-- What endpoints are told, and what became of it. Written by the triggers below in the
-- transaction of the event itself.
create table webhook_delivery (
  tenant_id    text not null,
  delivery_id  uuid not null,
  endpoint_id  uuid not null,
  event_id     uuid not null,
  type         text not null,
  subject      text not null,
  at           timestamptz not null,
  -- The entry of the audit log that the event is; null for events of journals and for tests.
  audit_seq    bigint,
  detail       text not null default '',
  state        text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts     integer not null default 0,
  due_at       timestamptz not null default now(),
  -- Until when whoever claimed it may still be sending.
  leased_until timestamptz,
  status       integer,
  error        text not null default '',
  created_at   timestamptz not null default now(),
  ended_at     timestamptz,
  primary key (tenant_id, delivery_id),
  foreign key (tenant_id, endpoint_id) references webhook_endpoint on delete cascade,
  constraint webhook_delivery_ended check ((ended_at is not null) = (state <> 'pending'))
);
create index webhook_delivery_due on webhook_delivery (tenant_id, endpoint_id, due_at) where state = 'pending';
create index webhook_delivery_of_endpoint on webhook_delivery (tenant_id, endpoint_id, delivery_id desc);
create index webhook_delivery_ended_at on webhook_delivery (ended_at) where state <> 'pending';

-- A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest random but for version and variant.
create function uuid_by_time() returns uuid
  language sql volatile set search_path = ''
  return encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
revoke execute on function uuid_by_time() from public;
grant execute on function uuid_by_time() to agentos_app, agentos_engine;

-- Tells the tenants' endpoints of entries of the audit log, in the transaction that appends them. Once for
-- each statement: while nobody listens, it costs one look at a table that is empty.
create function webhook_of_audit() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if exists (select from agentos.webhook_endpoint e where e.state = 'active') then
    -- What webhooks themselves report of their sending is told to nobody by webhook: it would never end.
    with event as materialized (
      select agentos.uuid_by_time() as event_id, n.* from added n
      where n.type not in ('webhook.disabled', 'webhook.dead'))
    insert into agentos.webhook_delivery (tenant_id, delivery_id, endpoint_id, event_id, type, subject, at, audit_seq)
    select e.tenant_id, agentos.uuid_by_time(), e.endpoint_id, n.event_id, n.type, n.subject, n.at, n.seq
    from event n join agentos.webhook_endpoint e on e.tenant_id = n.tenant_id
    where e.state = 'active' and (n.type = any (e.events) or '*' = any (e.events));
  end if;
  return null;
end $$;
revoke execute on function webhook_of_audit() from public;
create trigger webhook_of_audit after insert on audit_entry
  referencing new table as added for each statement execute function webhook_of_audit();

-- The same for events that stand in a task's journal and not in the audit log.
create function webhook_of_journal() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if exists (select from agentos.webhook_endpoint e where e.state = 'active') then
    with event as materialized (
      select agentos.uuid_by_time() as event_id, n.tenant_id, n.task_id, n.at,
             case n.type when 'step.failed' then 'step.committed' else n.type end as told,
             concat_ws(' ', coalesce(n.state, '-'), n.seq, nullif(n.name, '')) as detail
      from added n
      where n.type in ('task.started', 'task.waiting', 'step.intent', 'step.committed', 'step.failed',
                       'step.unknown', 'step.discarded'))
    insert into agentos.webhook_delivery (tenant_id, delivery_id, endpoint_id, event_id, type, subject, at, detail)
    select e.tenant_id, agentos.uuid_by_time(), e.endpoint_id, n.event_id, n.told, n.task_id::text, n.at, n.detail
    from event n join agentos.webhook_endpoint e on e.tenant_id = n.tenant_id
    where e.state = 'active' and (n.told = any (e.events) or '*' = any (e.events));
  end if;
  return null;
end $$;
revoke execute on function webhook_of_journal() from public;
create trigger webhook_of_journal after insert on journal
  referencing new table as added for each statement execute function webhook_of_journal();

do $$
declare
  t text;
begin
  foreach t in array array['webhook_source', 'webhook_seen', 'webhook_endpoint', 'webhook_secret',
                           'webhook_delivery'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

grant select, insert, delete on webhook_source, webhook_endpoint, webhook_secret to agentos_app;
grant update (expires_at) on webhook_secret to agentos_app;
grant update (state, reason) on webhook_endpoint to agentos_app;
grant select, insert on webhook_seen to agentos_app;
grant select, insert, update on webhook_delivery to agentos_app;

grant select on webhook_source, webhook_secret to agentos_engine;
grant select, delete on webhook_seen to agentos_engine;
grant select on webhook_endpoint to agentos_engine;
grant update (state, reason) on webhook_endpoint to agentos_engine;
grant select, insert, update, delete on webhook_delivery to agentos_engine;
