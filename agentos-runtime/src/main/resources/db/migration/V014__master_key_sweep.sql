-- A role that wraps sealed values anew when the master key changes.
--
-- Runs as agentos_owner; roles and row-level security as in V001, and one role more:
--   agentos_vault  reads and writes the sealed columns under the master key, one tenant at a time,
--                  and sees no other column and no other table

grant usage on schema agentos to agentos_vault;
grant execute on function tenant() to agentos_vault;

-- Whose turn it is, is asked over all tenants, and nothing else is.
create policy all_tenants_rewrapped on tenant to agentos_vault using (tenant_id is not null) with check (tenant_id is not null);
grant select (tenant_id) on tenant to agentos_vault;

do $$
declare
  t text;
begin
  foreach t in array array['tenant_key', 'oidc_flow', 'second_factor', 'privacy_rules', 'webhook_secret', 'secret_version',
                           'legal_hold'] loop
    execute format('create policy one_tenant_rewrapped on %I to agentos_vault using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
  end loop;
end $$;

grant select (tenant_id, wrapped), update (wrapped, wrapped_at) on tenant_key to agentos_vault;
grant select (tenant_id, sealed), update (sealed) on oidc_flow, second_factor, webhook_secret, secret_version to agentos_vault;
grant select (tenant_id, sealed_key), update (sealed_key) on privacy_rules to agentos_vault;
grant select (tenant_id, sealed_target), update (sealed_target) on legal_hold to agentos_vault;

-- The engine claims tasks; keys of tenants are not its to change.
revoke update (wrapped, wrapped_at) on tenant_key from agentos_engine;
