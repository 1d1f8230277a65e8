-- Approvals by quorum, with votes, escalation and standing grants; keys of agents.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- A key may belong to an agent, which then never decides anything, whatever its role.
alter table api_key
  add column agent text check (agent ~ '^[a-z][a-z0-9-]{0,62}\.[a-z][a-z0-9-]{0,62}$');

alter table approval rename column versions to agent_version;
alter table approval rename column tool_digest to descriptor;
alter table approval
  -- The version of the policies the task began with, and of those in force when it asked.
  add column policy_version  text not null default '',
  add column policy_in_force text not null default '',
  -- So many people of these roles must say yes; no role means every role that may decide.
  add column approvers       integer not null default 1 check (approvers between 1 and 10),
  add column roles           text[] not null default '{}',
  -- Who asked, and for whom it acts: none of them decides.
  add column excluded        text[] not null default '{}',
  -- Where the call comes from and what it was made of, as JSON, for people to see.
  add column facts           text not null default '{}',
  -- Counts the edits: an edit begins a new round, in which earlier votes do not count.
  add column round           integer not null default 0 check (round >= 0),
  add column escalate_at     timestamptz,
  add column escalated_at    timestamptz,
  add column escalation      integer not null default 0 check (escalation between 0 and 2),
  add column grant_id        uuid;

alter table approval
  drop constraint approval_decided,
  drop constraint approval_never_by_requester;

-- What was asked before is bound to less than is asked for now; it has to be asked again.
-- (The owner sees no rows while row-level security is forced on it.)
alter table approval no force row level security;
update approval set state = 'superseded' where state in ('pending', 'approved', 'edited');
alter table approval force row level security;

alter table approval
  add constraint approval_decided check (
    case state
      when 'pending' then decided_by is null
      when 'expired' then true
      when 'superseded' then true
      else decided_by is not null
    end
    and (decided_by is null) = (decided_at is null)),
  add constraint approval_never_by_requester check (
    decided_by is null or (decided_by <> requester and not (decided_by = any (excluded)))),
  add constraint approval_edited check (state <> 'edited' or edited_arguments is not null),
  add constraint approval_granted check (
    grant_id is null or (approvers = 1 and decided_by is not null));

create index approval_escalation on approval (escalate_at) where state = 'pending' and escalation < 2;

-- A word that was given is not taken back: what is rejected, expired, superseded or consumed stays
-- so, and what was approved can only be used or lose its worth.
create function approval_keep_word() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if old.state in ('rejected', 'expired', 'superseded', 'consumed')
     or new.state not in ('consumed', 'expired', 'superseded') then
    raise exception 'approval % is % and cannot become %', old.approval_id, old.state, new.state
      using errcode = 'AOS03';
  end if;
  return new;
end $$;
revoke execute on function approval_keep_word() from public;
create trigger approval_keep_word before update on approval
  for each row when (old.state <> 'pending' and old.state <> new.state) execute function approval_keep_word();

-- One person, one vote a round.
create table approval_vote (
  tenant_id   text not null,
  approval_id uuid not null,
  round       integer not null,
  principal   text not null,
  role        text not null,
  decision    text not null check (decision in ('approve', 'edit', 'reject')),
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  comment     text not null,
  at          timestamptz not null default now(),
  primary key (tenant_id, approval_id, round, principal),
  foreign key (tenant_id, approval_id) references approval
);

-- A yes given beforehand: to so many calls of a tool by an agent, within bounds, until a time.
create table approval_grant (
  tenant_id  text not null references tenant,
  grant_id   uuid not null,
  tool       text not null check (length(tool) between 1 and 64),
  agent      text not null check (length(agent) between 1 and 127),
  bounds     text not null,
  red        boolean not null,
  count_max  integer not null check (count_max between 1 and 1000000),
  used       integer not null default 0,
  expires_at timestamptz not null,
  reason     text not null check (length(reason) between 1 and 2000),
  granted_by text not null,
  role       text not null,
  created_at timestamptz not null default now(),
  revoked_by text,
  revoked_at timestamptz,
  primary key (tenant_id, grant_id),
  constraint grant_used check (used between 0 and count_max),
  constraint grant_expires check (expires_at > created_at),
  constraint grant_red check (not red or role = 'admin'),
  constraint grant_revoked check ((revoked_by is null) = (revoked_at is null))
);
create index grant_standing on approval_grant (tenant_id, expires_at) where revoked_at is null;
alter table approval add foreign key (tenant_id, grant_id) references approval_grant;

-- Row-level security: the shape of V001.
do $$
declare
  t text;
begin
  foreach t in array array['approval_vote', 'approval_grant'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

-- Nobody changes what was asked, nor until when: only what became of it.
revoke insert, update on approval from agentos_app;
revoke update on approval from agentos_engine;
grant update (state, digest, edited_arguments, round, decided_by, decided_at, comment) on approval to agentos_app;
grant update (state, consumed_at, roles, escalation, escalated_at, escalate_at) on approval to agentos_engine;

grant select, insert on approval_vote to agentos_app;
grant update (decision, comment, at) on approval_vote to agentos_app;
grant select on approval_vote to agentos_engine;
grant select, insert on approval_grant to agentos_app;
grant update (revoked_by, revoked_at) on approval_grant to agentos_app;
grant select on approval_grant to agentos_engine;
grant update (used) on approval_grant to agentos_engine;
