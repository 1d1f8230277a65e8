package io.agentos.runtime.state;

/** The statements of the task table. */
final class StateSql {
  private StateSql() {}

  static final String CREATE =
      """
      insert into task (tenant_id, task_id, state, program, request, pack, agent, type, priority,
                        deadline, labels, parent_id, principal, key_id, mandate, limits,
                        ancestors, ready)
      values (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?::jsonb, ?, true)
      """;

  /** The first line of a journal; nobody owns the task yet. */
  static final String CREATED =
      """
      insert into journal (tenant_id, task_id, seq, type, position, name, attempt, epoch, at, body)
      values (?, ?, 1, 'task.created', 0, '', 0, 0, now(), ?)
      """;

  static final String NOTIFY_READY = "select pg_notify('agentos', 'ready')";

  static final String NOTIFY = "select pg_notify('agentos', ?)";

  /** Which agent and versions a task is pinned to, once it was routed. */
  static final String PIN =
      """
      update task set pack = ?, agent = ?, pack_version = ?, policy_version = ?, limits = ?::jsonb
      where tenant_id = ? and task_id = ? and ended_at is null
      """;

  static final String FINISH =
      """
      update task
      set state = ?, waiting_for = null, owner = null, ready = false, due_at = null, ended_at = now(),
          output = ?, error_code = ?, error_detail = ?, usage = ?
      where tenant_id = ? and task_id = ? and ended_at is null
      """;

  static final String ONE =
      """
      select t.tenant_id, t.task_id, t.state, t.waiting_for, t.pack, t.agent, t.type, t.priority,
             t.deadline, t.request, t.output, t.error_code, t.error_detail, t.usage, t.labels,
             t.parent_id, t.attempt, t.created_at, t.started_at, t.ended_at, t.pack_version,
             t.policy_version, t.key_id, k.wrapped as wrapped_key
      from task t left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.tenant_id = ? and t.task_id = ?
      """;

  /**
   * A page ends early when its tasks are large: the first always comes, the others while those
   * before them are short together. Sizes are known without reading the values.
   */
  static final String LIST =
      """
      select t.tenant_id, t.task_id, t.state, t.waiting_for, t.pack, t.agent, t.type, t.priority,
             t.deadline, t.request, t.output, t.error_code, t.error_detail, t.usage, t.labels,
             t.parent_id, t.attempt, t.created_at, t.started_at, t.ended_at, t.pack_version,
             t.policy_version, t.key_id, k.wrapped as wrapped_key
      from (
        select *, coalesce(sum(bytes) over (order by task_id desc
                 rows between unbounded preceding and 1 preceding), 0) as bytes_before
        from (
          select *, octet_length(request) + coalesce(octet_length(output), 0) as bytes
          from task
          where tenant_id = ? and task_id < ?
            and (?::text is null or state = ?) and (?::text is null or pack = ?)
            and (?::text is null or agent = ?) and (?::text is null or type = ?)
            and (?::text is null or labels @> ?::jsonb)
            and (?::timestamptz is null or created_at >= ?) and (?::timestamptz is null or created_at < ?)
          order by task_id desc limit ?) newest) t
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.bytes_before < 4194304
      order by t.task_id desc
      """;

  static final String JOURNAL =
      """
      select j.seq, j.type, j.position, j.name, j.state, j.attempt, j.at,
             j.body, j.payload, p.body as payload_body
      from journal j left join payload p on p.tenant_id = j.tenant_id and p.hash = j.payload
      where j.tenant_id = ? and j.task_id = ? and j.seq > ? order by j.seq limit ?
      """;

  /** A task that another one is to run under; held until that one is there. */
  static final String PARENT =
      """
      select t.task_id, t.principal, t.agent, t.mandate, t.limits, t.usage, t.key_id,
             (select k.wrapped from data_key k
              where k.tenant_id = t.tenant_id and k.key_id = t.key_id) as wrapped_key
      from task t where t.tenant_id = ? and t.task_id = ? for update of t
      """;

  /** What a task has told of its calls, and what its steps came to. */
  static final String TOLD =
      """
      select j.seq, j.type, coalesce(j.position, 0) as position, j.name, j.state,
             coalesce(j.attempt, 0) as attempt, j.at, j.body, j.payload, p.body as payload_body
      from journal j left join payload p on p.tenant_id = j.tenant_id and p.hash = j.payload
      where j.tenant_id = ? and j.task_id = ? and (j.state is not null or j.type = 'tool.called')
      order by j.seq
      """;

  /**
   * What the tasks below one have taken of its bounds: one that has ended, what it and those below
   * it used; one that has not, all that it may.
   */
  static final String TAKEN_BELOW =
      """
      with recursive below as (
        select c.task_id, c.ended_at, c.usage, c.limits from task c
        where c.tenant_id = ? and c.parent_id = ?
        union all
        select c.task_id, c.ended_at, c.usage, c.limits
        from below b join task c on c.tenant_id = ? and c.parent_id = b.task_id
        where b.ended_at is not null)
      select coalesce(sum(case when ended_at is null
                                 then coalesce((limits ->> 'cost_usd_micros_max')::bigint, 0)
                               else coalesce((usage::jsonb ->> 'cost_usd_micros')::bigint, 0) end),
                      0)::bigint as cost,
             coalesce(sum(case when ended_at is null
                                 then coalesce((limits ->> 'tool_calls_max')::bigint, 0)
                               else coalesce((usage::jsonb ->> 'tool_calls')::bigint, 0) end),
                      0)::bigint as tool_calls
      from below
      """;

  /** Whether a task can still be given work; held until the end. */
  static final String MAY_GO_ON =
      """
      select t.ended_at is null and t.cancel_reason is null as open
      from task t where t.tenant_id = ? and t.task_id = ? for update
      """;

  static final String IS_THERE =
      "select true as there from task where tenant_id = ? and task_id = ?";

  /** A task and all below it, the highest first; at most ten thousand. */
  static final String LINE_BELOW =
      """
      with recursive below as (
        select t.task_id, 0 as depth from task t where t.tenant_id = ? and t.task_id = ?
        union all
        select c.task_id, b.depth + 1
        from below b join task c on c.tenant_id = ? and c.parent_id = b.task_id)
      select task_id from below order by depth, task_id limit 10000
      """;

  /** The tasks directly below one. */
  static final String CHILDREN =
      "select task_id from task where tenant_id = ? and parent_id = ? order by task_id";

  static final String LOCK =
      """
      select t.state, t.owner is not null as owned, t.ended_at is not null as ended, t.key_id,
             (select k.wrapped from data_key k
              where k.tenant_id = t.tenant_id and k.key_id = t.key_id) as wrapped_key
      from task t where t.tenant_id = ? and t.task_id = ? for update
      """;

  static final String ASK_TO_CANCEL =
      """
      update task set cancel_reason = ? where tenant_id = ? and task_id = ? and cancel_reason is null
      """;

  /** A waiting or queued task is made ready so that a worker ends it. */
  static final String READY =
      """
      update task set ready = true, ready_at = now()
      where tenant_id = ? and task_id = ? and owner is null and not ready
      """;

  static final String SIGNAL =
      """
      insert into signal (tenant_id, task_id, name, body) values (?, ?, ?, ?) on conflict do nothing
      """;

  static final String SIGNALLED =
      """
      update task set signals = signals + 1, ready = (owner is null), ready_at = now()
      where tenant_id = ? and task_id = ? and ended_at is null
      """;
}
