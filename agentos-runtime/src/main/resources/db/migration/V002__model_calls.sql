-- What each model call used and cost, answers kept for the same question, and the rate limits that
-- nodes share.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- One call of a model: one attempt of one step. Money is pico-dollars (10^-12 USD), exact; the
-- micros are the same rounded up. Sums are made of picos and rounded once.
create table model_call (
  tenant_id               text not null,
  task_id                 uuid not null,
  position                integer not null check (position > 0),
  step                    text not null,
  attempt                 integer not null check (attempt > 0),
  at                      timestamptz not null default now(),
  pack                    text not null,
  agent                   text not null,
  provider                text not null,
  model                   text not null,
  answered_model          text,
  outcome                 text not null check (outcome in ('answered', 'cached', 'failed', 'unsettled')),
  error_code              text,
  input_tokens            bigint not null default 0 check (input_tokens >= 0),
  cache_read_tokens       bigint not null default 0 check (cache_read_tokens >= 0),
  cache_write_tokens      bigint not null default 0 check (cache_write_tokens >= 0),
  cache_write_hour_tokens bigint not null default 0 check (cache_write_hour_tokens >= 0),
  output_tokens           bigint not null default 0 check (output_tokens >= 0),
  reasoning_tokens        bigint not null default 0 check (reasoning_tokens >= 0),
  -- Whether tokens and cost are our own worst case, because the provider gave none.
  estimated               boolean not null default false,
  cost_usd_picos          bigint not null default 0 check (cost_usd_picos >= 0),
  cost_usd_micros         bigint not null default 0,
  price                   text not null,
  request_id              text,
  first_token_ms          bigint check (first_token_ms >= 0),
  duration_ms             bigint not null default 0 check (duration_ms >= 0),
  primary key (tenant_id, task_id, position, step, attempt),
  foreign key (tenant_id, task_id) references task (tenant_id, task_id),
  constraint model_call_parts check (
    cache_read_tokens + cache_write_tokens + cache_write_hour_tokens <= input_tokens
    and reasoning_tokens <= output_tokens),
  constraint model_call_micros check (cost_usd_micros = (cost_usd_picos + 999999) / 1000000),
  constraint model_call_failed check ((error_code is not null) = (outcome in ('failed', 'unsettled')))
);
create index model_call_report on model_call (tenant_id, at);

-- Answers kept for the same question of the same tenant, under the SHA-256 of the question.
create table model_cache (
  tenant_id  text not null references tenant,
  hash       bytea not null check (length(hash) = 32),
  body       text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, hash),
  constraint model_cache_expires check (expires_at > created_at)
);
create index model_cache_expired on model_cache (expires_at);

-- How much of a provider's rate limit the nodes have used together in the current window. Belongs
-- to the installation, not to a tenant: the limit is that of the provider's account.
create table provider_window (
  provider     text not null,
  model        text not null,
  kind         text not null check (kind in ('requests', 'tokens', 'input_tokens', 'output_tokens')),
  window_start timestamptz not null,
  size         bigint not null check (size > 0),
  used         bigint not null default 0 check (used >= 0),
  primary key (provider, model, kind)
) with (fillfactor = 50);

-- Row-level security: the shape of V001.
do $$
declare
  t text;
begin
  foreach t in array array['model_call', 'model_cache'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to agentos_app using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()))', t);
    execute format('create policy all_tenants on %I to agentos_engine using (tenant_id is not null) with check (tenant_id is not null)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;
revoke all on provider_window from public;

grant select on model_call to agentos_app;
grant select, insert on model_call to agentos_engine;
grant select, insert, update, delete on model_cache to agentos_engine;
grant select, insert, update on provider_window to agentos_engine;
