-- Checkpoints over the audit log, and a role that reads the log for them and nothing else.
--
--   agentos_auditor  reads audit entries and heads of all tenants, adds checkpoints; no update, no delete

grant usage on schema agentos to agentos_auditor;

-- A copy of what every node keeps outside of this database, for whoever has only the API. The note
-- carries its own proof; nothing here is believed.
create table audit_checkpoint (
  tenant_id text not null references tenant,
  size      bigint not null check (size > 0),
  key       text not null check (length(key) between 1 and 500),
  note      text not null check (length(note) between 1 and 4000),
  signed_at timestamptz not null default now(),
  primary key (tenant_id, size, key)
);
create trigger audit_append_only before update or delete or truncate on audit_checkpoint
  for each statement execute function audit_append_only();

alter table audit_checkpoint enable row level security;
alter table audit_checkpoint force row level security;
revoke all on audit_checkpoint from public;
create policy one_tenant on audit_checkpoint to agentos_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy all_tenants on audit_checkpoint to agentos_auditor
  using (tenant_id is not null) with check (tenant_id is not null);
create policy read_all_tenants on audit_entry for select to agentos_auditor using (tenant_id is not null);
create policy read_all_tenants on chain_head for select to agentos_auditor using (tenant_id is not null);

grant select on audit_checkpoint to agentos_app;
grant select, insert on audit_checkpoint to agentos_auditor;
grant select on audit_entry, chain_head to agentos_auditor;

-- Whoever may append moves the head; nobody moves it back or takes it away.
create function chain_head_grows() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise exception 'the head of an audit chain only grows' using errcode = 'AOS02';
end $$;
revoke execute on function chain_head_grows() from public;
create trigger chain_head_grows before update on chain_head
  for each row when (new.seq <= old.seq or new.tenant_id <> old.tenant_id) execute function chain_head_grows();
create trigger chain_head_stays before delete or truncate on chain_head
  for each statement execute function chain_head_grows();

-- What the log has about one task.
create index audit_subject on audit_entry (tenant_id, subject, seq);
