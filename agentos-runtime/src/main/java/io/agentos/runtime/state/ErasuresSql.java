package io.agentos.runtime.state;

/** The statements of erasing. */
final class ErasuresSql {
  private ErasuresSql() {}

  /** Waits for tasks that are being stored under the key; none can be after it. */
  static final String CLOSE_SUBJECT =
      """
      update data_key set erasing_at = now()
      where tenant_id = ? and subject = ? and erasing_at is null returning key_id
      """;

  static final String CLOSE_KEY =
      """
      update data_key set erasing_at = now()
      where tenant_id = ? and key_id = ? and erasing_at is null returning key_id
      """;

  static final String KEY_OF_TASK =
      """
      select t.key_id, k.subject is not null as of_subject
      from task t left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.tenant_id = ? and t.task_id = ?
      """;

  static final String COUNT_TASKS =
      "select count(*) as tasks from task where tenant_id = ? and key_id = ? and key_id <> task_id";

  static final String INSERT =
      """
      insert into erasure (tenant_id, erasure_id, task_id, key_id, tasks, requested_by, completed_at)
      values (?, ?, ?, ?, ?, ?, case when ?::uuid is null then now() end)
      """;

  static final String ONE =
      """
      select erasure_id, task_id, tasks, requested_by, requested_at, completed_at, hold_id
      from erasure where tenant_id = ? and erasure_id = ?
      """;

  static final String LIST =
      """
      select erasure_id, task_id, tasks, requested_by, requested_at, completed_at, hold_id
      from erasure where tenant_id = ? and erasure_id < ? order by erasure_id desc limit ?
      """;

  /** Those that a hold keeps come last, so that they keep no other. */
  static final String OPEN =
      """
      select tenant_id, erasure_id from erasure where completed_at is null
      order by hold_id is not null and key_hold(tenant_id, key_id) is not null, requested_at limit ?
      """;

  /** One node goes on with an erasure at a time. */
  static final String HOLD =
      """
      select task_id, key_id, tasks, requested_by, hold_id,
             requested_at < now() - make_interval(secs => ?) as late
      from erasure where tenant_id = ? and erasure_id = ? and completed_at is null
      for update skip locked
      """;

  static final String GATE = "insert into retention (tenant_id) values (?) on conflict do nothing";

  /** Keeps holds from being placed until our transaction ends. */
  static final String SHARE = "select holds from retention where tenant_id = ? for share";

  static final String HELD_BY = "select key_hold(?, ?) as hold_id";

  static final String SET_HELD_BY =
      "update erasure set hold_id = ? where tenant_id = ? and erasure_id = ?";

  static final String UNENDED_OF_SUBJECT =
      """
      select task_id, cancel_reason is not null as asked from task
      where tenant_id = ? and key_id = ? and key_id <> task_id and ended_at is null
      order by cancel_reason is not null, owner is not null, task_id limit ?
      """;

  static final String UNENDED_TASK =
      """
      select task_id, cancel_reason is not null as asked from task
      where tenant_id = ? and task_id = ? and ended_at is null
      """;

  /** Ends a task that nobody takes up to end it; one that runs is its owner's to end. */
  static final String END =
      """
      with ended as (
        update task
        set state = 'cancelled', waiting_for = null, owner = null, ready = false, due_at = null,
            epoch = epoch + 1, ended_at = now(), error_code = 'ERASED'
        where tenant_id = ? and task_id = ? and ended_at is null and owner is null
        returning tenant_id, task_id, epoch),
      superseded as (
        update approval a set state = 'superseded'
        from ended e where a.tenant_id = e.tenant_id and a.task_id = e.task_id
          and a.state in ('pending', 'approved', 'edited'))
      insert into journal (tenant_id, task_id, seq, type, position, name, attempt, epoch, at, body)
      select e.tenant_id, e.task_id,
             (select max(l.seq) + 1 from journal l
              where l.tenant_id = e.tenant_id and l.task_id = e.task_id),
             'task.cancelled', 0, '', 0, e.epoch, now(),
             convert_to('{"code":"ERASED","detail":"(erased)"}', 'UTF8')
      from ended e
      """;

  static final String DESTROY =
      """
      update data_key set wrapped = null, destroyed_at = now()
      where tenant_id = ? and key_id = ? and destroyed_at is null and key_hold(tenant_id, key_id) is null
      """;

  static final String COMPLETE =
      """
      update erasure set completed_at = now(), hold_id = null
      where tenant_id = ? and erasure_id = ? and completed_at is null
      """;
}
