package io.agentos.runtime.durable;

/** The statements of claiming, heartbeats and taking over. */
final class WorkerSql {
  private WorkerSql() {}

  static final String REGISTER = "insert into node (node_id, instance) values (?, ?)";

  static final String FIRST_BEAT = "insert into node_heartbeat (node_id) values (?)";

  static final String BEAT = "update node_heartbeat set beat_at = now() where node_id = ?";

  /** Ends earlier lives of the same data directory, whose process is known to be gone. */
  static final String END_FORMER_LIVES =
      "delete from node where instance = ? and node_id <> ? returning node_id";

  /** Ends nodes that have been silent for longer than the lease, by the database's clock. */
  static final String END_SILENT =
      """
      delete from node where node_id in (
        select n.node_id from node n join node_heartbeat h using (node_id)
        where h.beat_at < now() - make_interval(secs => ?::double precision) and n.node_id <> ?
        for update of n skip locked)
      returning node_id
      """;

  static final String LEAVE = "delete from node where node_id = ?";

  /** Gives the tasks of ended nodes away. */
  static final String GIVE_AWAY =
      """
      update task set owner = null, ready = true, ready_at = now() where owner = any (?)
      """;

  /** What waited until now is ready now. */
  static final String PROMOTE =
      """
      update task set ready = true, ready_at = now()
      where not ready and due_at <= now() and owner is null
      """;

  static final String CLAIM =
      """
      with due as (
        select tenant_id, task_id from task
        where ready and program = any (?)
        order by priority desc, deadline, ready_at
        limit ? for update skip locked)
      update task t
      set state = 'running', waiting_for = null, ready = false, due_at = null, owner = ?,
          epoch = t.epoch + 1, attempt = t.attempt + case when t.state = 'waiting' then 0 else 1 end,
          started_at = coalesce(t.started_at, now())
      from due where t.tenant_id = due.tenant_id and t.task_id = due.task_id
      returning t.tenant_id, t.task_id, t.request, t.program, t.epoch, t.attempt, t.cancel_reason,
                t.signals, now() as claimed_at
      """;

  static final String NEXT_DUE =
      """
      select (extract(epoch from min(due_at) - now()) * 1000)::bigint as millis
      from task where not ready and due_at is not null having min(due_at) is not null
      """;

  static final String SIGNALS =
      """
      select s.tenant_id, s.task_id, s.name, s.body
      from unnest(?::text[], ?::uuid[]) as u (tenant_id, task_id)
      join signal s on s.tenant_id = u.tenant_id and s.task_id = u.task_id
      """;

  static final String CANCELLED =
      "select task_id, cancel_reason from task where owner = ? and cancel_reason is not null";

  static final String CANCEL_REASON =
      "select cancel_reason from task where tenant_id = ? and task_id = ?";

  /** Gives one task back unharmed; a node that goes down is not the task's failure. */
  static final String RELEASE =
      """
      update task set owner = null, ready = true, ready_at = now(), attempt = greatest(attempt - ?, 0)
      where tenant_id = ? and task_id = ? and epoch = ? and owner = ?
      """;
}
