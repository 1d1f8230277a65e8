-- A task that waits for those below it is woken when one of them ends, however it ends.
--
-- Runs as agentos_owner; roles and row-level security as in V001.

-- The end of a child is the signal itself: whoever claims the parent reads the states of its
-- children, so that nothing needs to be told but that there is something to read.
create function task_tell_parent() returns trigger
  language plpgsql volatile security invoker set search_path = agentos, pg_temp as $$
begin
  update task
  set signals = signals + 1, ready = (owner is null), ready_at = now()
  where tenant_id = new.tenant_id and task_id = new.parent_id and ended_at is null;
  perform pg_notify('agentos', 'ready');
  return null;
end $$;

create trigger task_tell_parent after update on task
  for each row when (old.ended_at is null and new.ended_at is not null and new.parent_id is not null)
  execute function task_tell_parent();
