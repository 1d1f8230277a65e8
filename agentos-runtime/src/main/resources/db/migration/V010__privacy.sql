-- What each tenant asks to be kept back from model providers, and the sealed key of its tokens and
-- hashes. Values themselves are stored nowhere: a token is made anew from the text it stands in.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

create table privacy_rules (
  tenant_id  text primary key references tenant,
  revision   bigint not null check (revision > 0),
  rules      text not null check (length(rules) <= 200000),
  sealed_key bytea not null,
  updated_at timestamptz not null default now()
);

alter table privacy_rules enable row level security;
alter table privacy_rules force row level security;
create policy one_tenant on privacy_rules to agentos_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
revoke all on privacy_rules from public;
grant select, insert, update on privacy_rules to agentos_app;
