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

  /**
   * Takes what is ready. What a kill switch covers, as far as its row tells, is put away in the
   * same statement: it leaves the queue, so that it costs nothing and keeps nobody waiting. What
   * someone has cancelled is taken all the same, to be ended.
   */
  static final String CLAIM =
      """
      with standing as materialized (
        select kill_id, tenant_id, scope, target, target_task, epoch from kill_switch
        where released_at is null and not drill),
      due as (
        select tenant_id, task_id, ancestors, state, waiting_for, pack, agent, cancel_reason
        from task
        where ready and program = any (?)
        order by priority desc, deadline, ready_at
        limit ? for update skip locked),
      judged as (
        select d.tenant_id, d.task_id, d.state, d.waiting_for,
               (select k.kill_id from standing k
                where d.cancel_reason is null
                  and (k.scope = 'global'
                       or k.tenant_id = d.tenant_id
                          and (k.scope = 'tenant'
                               or k.scope = 'task'
                                  and k.target_task = any (d.ancestors || d.task_id)
                               or k.scope = 'agent' and k.target = d.agent
                               or k.scope = 'pack'
                                  and k.target in (d.pack, split_part(d.agent, '.', 1))))
                order by k.epoch limit 1) as killed_by
        from due d),
      told as (
        insert into journal (tenant_id, task_id, seq, type, position, name, attempt, epoch, at, body)
        select j.tenant_id, j.task_id,
               (select max(l.seq) + 1 from journal l
                where l.tenant_id = j.tenant_id and l.task_id = j.task_id),
               'task.waiting', 0, '', 0, 0, now(),
               convert_to('{"reason":"killed"}', 'UTF8')
        from judged j
        where j.killed_by is not null and j.waiting_for is distinct from 'killed')
      update task t
      set state = case when j.killed_by is null then 'running' else 'waiting' end,
          waiting_for = case when j.killed_by is null then null else 'killed' end,
          killed_by = j.killed_by, ready = false, due_at = null,
          owner = case when j.killed_by is null then ?::uuid end,
          epoch = t.epoch + case when j.killed_by is null then 1 else 0 end,
          attempt = t.attempt
                    + case when j.killed_by is null and (t.state <> 'waiting' or t.epoch = 0)
                           then 1 else 0 end,
          started_at = case when j.killed_by is null then coalesce(t.started_at, now())
                            else t.started_at end
      from judged j where t.tenant_id = j.tenant_id and t.task_id = j.task_id
      returning t.tenant_id, t.task_id, t.request, t.program, t.epoch, t.attempt, t.cancel_reason,
                t.signals, t.key_id, now() as claimed_at, j.state = 'waiting' as waited,
                (select k.wrapped from data_key k
                 where k.tenant_id = t.tenant_id and k.key_id = t.key_id) as wrapped_key,
                j.killed_by is not null as killed
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

  /** Which tasks directly below those that were claimed have ended, and how. */
  static final String ENDED_CHILDREN =
      """
      select c.tenant_id, c.parent_id, c.task_id, c.state
      from unnest(?::text[], ?::uuid[]) as u (tenant_id, task_id)
      join task c on c.tenant_id = u.tenant_id and c.parent_id = u.task_id
      where c.ended_at is not null
      """;

  static final String CANCELLED =
      "select task_id, cancel_reason from task where owner = ? and cancel_reason is not null";

  /** Ends a task that nobody can run because nobody can read it. */
  static final String END_UNREADABLE =
      """
      with ended as (
        update task
        set state = 'failed', owner = null, ready = false, due_at = null, ended_at = now(),
            error_code = ?
        where tenant_id = ? and task_id = ? and epoch = ? and owner = ? and ended_at is null
        returning tenant_id, task_id, epoch)
      insert into journal (tenant_id, task_id, seq, type, position, name, attempt, epoch, at, body)
      select e.tenant_id, e.task_id,
             (select max(l.seq) + 1 from journal l
              where l.tenant_id = e.tenant_id and l.task_id = e.task_id),
             'task.failed', 0, '', 0, e.epoch, now(), convert_to(?, 'UTF8')
      from ended e
      """;

  static final String CANCEL_REASON =
      "select cancel_reason from task where tenant_id = ? and task_id = ?";

  /** Gives one task back unharmed; a node that goes down is not the task's failure. */
  static final String RELEASE =
      """
      update task set owner = null, ready = true, ready_at = now(), attempt = greatest(attempt - ?, 0)
      where tenant_id = ? and task_id = ? and epoch = ? and owner = ?
      """;
}
