-- Packs that a tenant does not want. A pack without a row is enabled.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

create table pack_switch (
  tenant_id  text not null references tenant,
  pack       text not null check (pack ~ '^[a-z][a-z0-9-]{0,62}$'),
  enabled    boolean not null,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, pack)
);

alter table pack_switch enable row level security;
alter table pack_switch force row level security;
create policy one_tenant on pack_switch to agentos_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
revoke all on pack_switch from public;
grant select, insert, update on pack_switch to agentos_app;
