-- People: users with passwords, sessions and second factors, and keys that belong to them.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

alter table tenant add column disabled_at timestamptz;

-- Somebody who signs in. Never deleted, because records name users; disabled instead.
create table user_account (
  tenant_id   text not null references tenant,
  user_id     uuid not null,
  email       text not null check (length(email) between 3 and 254 and email = lower(email)),
  name        text not null check (length(name) between 1 and 200),
  role        text not null check (role in ('admin', 'operator', 'approver', 'developer', 'viewer', 'auditor')),
  -- Argon2id in the PHC format; null where the user signs in by a link or a provider only.
  password    text check (password ~ '^\$argon2id\$' and length(password) <= 500),
  -- Who the user is to an OpenID provider, once it has signed in there.
  issuer      text check (length(issuer) between 1 and 2000),
  subject     text check (length(subject) between 1 and 255),
  created_at  timestamptz not null default now(),
  disabled_at timestamptz,
  primary key (tenant_id, user_id),
  unique (tenant_id, email),
  unique (tenant_id, issuer, subject),
  constraint user_of_provider check ((issuer is null) = (subject is null))
);

alter table api_key
  -- Whose own key it is: it acts as this user, with the user's role of the moment.
  add column user_id uuid,
  -- What of its role a key may use; null for all of it.
  add column scopes text[] check (cardinality(scopes) between 1 and 32),
  -- To the minute.
  add column last_used_at timestamptz,
  add constraint api_key_of_user foreign key (tenant_id, user_id) references user_account,
  add constraint api_key_of_one check (user_id is null or agent is null);
create index api_key_user on api_key (tenant_id, user_id) where user_id is not null;

create table user_session (
  tenant_id  text not null,
  session_id uuid not null,
  user_id    uuid not null,
  hash       bytea not null check (length(hash) = 32),
  method     text not null check (method in ('password', 'link', 'oidc')),
  created_at timestamptz not null default now(),
  -- To the minute.
  seen_at    timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz,
  primary key (tenant_id, session_id),
  foreign key (tenant_id, user_id) references user_account
);
create index user_session_id on user_session (session_id);
create index user_session_open on user_session (tenant_id, user_id) where ended_at is null;
create index user_session_old on user_session (tenant_id, expires_at);

-- A link that signs a user in once.
create table sign_in_link (
  tenant_id  text not null,
  link_id    uuid not null,
  user_id    uuid not null,
  hash       bytea not null check (length(hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant_id, link_id),
  foreign key (tenant_id, user_id) references user_account
);
create index sign_in_link_id on sign_in_link (link_id);
create index sign_in_link_user on sign_in_link (tenant_id, user_id);

-- How often signing in failed, by the hash of what was tried. All rows belong to the tenant that
-- owns the installation: whoever tries is not known yet, and neither is whether its tenant exists.
create table sign_in_limit (
  tenant_id     text not null references tenant,
  kind          text not null check (kind in ('pair', 'account', 'address', 'code')),
  subject       bytea not null check (length(subject) = 32),
  failures      integer not null check (failures >= 0),
  tried_at      timestamptz not null default now(),
  blocked_until timestamptz not null default now(),
  succeeded_at  timestamptz,
  primary key (tenant_id, kind, subject)
);
create index sign_in_limit_old on sign_in_limit (tenant_id, tried_at);

-- A sign-in under way at an OpenID provider, by the hash of the cookie its browser holds.
create table oidc_flow (
  tenant_id  text not null references tenant,
  flow       bytea not null check (length(flow) = 32),
  state      bytea not null check (length(state) = 32),
  -- The nonce and the PKCE verifier, sealed.
  sealed     bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, flow)
);
create index oidc_flow_old on oidc_flow (tenant_id, expires_at);

create table second_factor (
  tenant_id    text not null,
  user_id      uuid not null,
  -- The secret of RFC 6238, sealed.
  sealed       bytea not null,
  created_at   timestamptz not null default now(),
  confirmed_at timestamptz,
  -- The last step whose code was used, and for which call: no other may use it again.
  step         bigint not null default 0,
  used_for     bytea check (length(used_for) = 32),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references user_account
);

create table recovery_code (
  tenant_id text not null,
  user_id   uuid not null,
  hash      bytea not null check (length(hash) = 32),
  used_at   timestamptz,
  used_for  bytea check (length(used_for) = 32),
  primary key (tenant_id, user_id, hash),
  foreign key (tenant_id, user_id) references second_factor on delete cascade
);

do $$
declare
  t text;
begin
  foreach t in array array['user_account', 'user_session', 'sign_in_link', 'sign_in_limit', 'oidc_flow',
                           'second_factor', 'recovery_code'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

grant select, insert on user_account, user_session, sign_in_link, second_factor, recovery_code to agentos_app;
grant update (email, name, role, password, issuer, subject, disabled_at) on user_account to agentos_app;
grant update (ended_at) on user_session to agentos_app;
grant delete on user_session to agentos_app;
grant update (used_at) on sign_in_link to agentos_app;
grant select, insert, update, delete on sign_in_limit to agentos_app;
grant select, insert, delete on oidc_flow to agentos_app;
grant update (confirmed_at, step, used_for), delete on second_factor to agentos_app;
grant update (used_at, used_for), delete on recovery_code to agentos_app;

-- Who holds a key, a session or a link is looked up before the tenant is known.
grant select on user_account, user_session, sign_in_link to agentos_engine;
grant update (seen_at) on user_session to agentos_engine;
grant update (last_used_at) on api_key to agentos_engine;
grant update (disabled_at) on tenant to agentos_engine;
