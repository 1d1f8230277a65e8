package io.agentos.runtime.killswitch;

/** The statements of giving back what kill switches held. */
final class RestoreSql {
  private RestoreSql() {}

  /**
   * Released switches that may still hold something; each is looked after by one node at a time.
   */
  static final String PLANS =
      """
      select kill_id, restore_per_minute from kill_switch
      where released_at is not null and restored_at is null and not drill
      order by released_at limit 100 for update skip locked
      """;

  static final String WAKE =
      """
      update task set ready = true, ready_at = now()
      where killed_by = ? and waiting_for = 'killed' and not ready and due_at is null
        and (tenant_id, task_id) in (
          select tenant_id, task_id from task
          where killed_by = ? and waiting_for = 'killed' and not ready and due_at is null limit 5000)
      """;

  /** Tasks that were parked before switches were named; each looks again by itself. */
  static final String WAKE_UNNAMED =
      """
      update task set ready = true, ready_at = now()
      where killed_by is null and waiting_for = 'killed' and not ready
      """;

  /** One after the other, the most urgent first, behind those that have their time already. */
  static final String STAGGER =
      """
      update task t set due_at = p.due
      from (
        select w.tenant_id, w.task_id,
               b.first + (interval '1 minute' / ?::double precision)
                         * (row_number() over (order by w.priority desc, w.deadline, w.task_id) - 1) as due
        from task w, (
          select greatest(now(), max(due_at) + interval '1 minute' / ?::double precision) as first
          from task
          where killed_by = ? and waiting_for = 'killed' and not ready and due_at is not null) b
        where w.killed_by = ? and w.waiting_for = 'killed' and not w.ready and w.due_at is null) p
      where t.tenant_id = p.tenant_id and t.task_id = p.task_id
      """;

  /**
   * Nothing is held any more, and nothing can be: what was under way at the release has come to
   * rest, for no commit is tried for longer.
   */
  static final String DONE =
      """
      update kill_switch k set restored_at = now()
      where k.kill_id = ? and k.released_at is not null and k.restored_at is null and not k.drill
        and k.released_at < now() - interval '10 minutes'
        and not exists (select from task t where t.killed_by = k.kill_id and t.waiting_for = 'killed')
      """;

  static final String NOTIFY_READY = "select pg_notify('agentos', 'ready')";
}
