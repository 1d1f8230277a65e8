-- Erasures that wait for holds, and data keys that no task uses any more.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- The hold that keeps an erasure from going on; null while none does.
alter table erasure add column hold_id uuid;
grant update (hold_id) on erasure to agentos_engine;

-- The hold that keeps a data key, or null: one on the tenant, on the key's subject, or on any task
-- under it. Reads one tenant's rows, as the caller's role.
create function key_hold(of_tenant text, of_key uuid) returns uuid
  language sql stable security invoker set search_path = agentos, pg_temp as $$
  select h.hold_id from legal_hold h
  where h.tenant_id = of_tenant and h.released_at is null
    and (h.scope = 'tenant'
      or h.target_subject = (select k.subject from data_key k where k.tenant_id = of_tenant and k.key_id = of_key))
  union all
  select task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) from task t
  where t.tenant_id = of_tenant and t.key_id = of_key
    and exists (select from legal_hold h where h.tenant_id = of_tenant and h.released_at is null)
    and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is not null
  limit 1
$$;
revoke execute on function key_hold(text, uuid) from public;
grant execute on function key_hold(text, uuid) to agentos_app, agentos_engine, agentos_retention;

-- Whoever destroys a key shares the row of its tenant that placing a hold writes.
create policy all_tenants on retention to agentos_engine using (tenant_id is not null) with check (tenant_id is not null);
grant select, insert (tenant_id), update (holds) on retention to agentos_engine;

-- How old a key is that nobody uses.
grant select (created_at) on data_key to agentos_retention;
