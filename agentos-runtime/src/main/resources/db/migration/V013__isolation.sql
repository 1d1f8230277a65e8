-- No key that spans tenants, and no column written that nobody writes.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- Epochs come from one sequence and so are unique in the installation; an index that says so across
-- tenants would answer a chosen epoch with whether somebody has it.
drop index kill_epoch_once;
create unique index kill_epoch_once on kill_switch (tenant_id, epoch);

-- A tenant engages and releases; the epoch and the time are not its to choose.
revoke insert, update on kill_switch from agentos_app;
grant insert (tenant_id, kill_id, scope, target, target_task, reason, engaged_by, drill, triggered_by)
  on kill_switch to agentos_app;
grant update (released_by, released_at, restore_per_minute, audited) on kill_switch to agentos_app;
