package io.agentos.runtime.sinks;

/** The statements of telling sinks. All but {@link #OF_TENANT} run as agentos_auditor. */
final class SinksSql {
  private SinksSql() {}

  /**
   * Takes or keeps the lease; another epoch with each change of hands. Nothing while it is not
   * ours.
   */
  static final String TAKE =
      """
      insert into audit_sink as s (sink, holder, epoch, leased_until)
      values (?, ?, 1, now() + ?::bigint * interval '1 millisecond')
      on conflict (sink) do update
        set epoch = s.epoch + case when s.holder = excluded.holder then 0 else 1 end,
            holder = excluded.holder, leased_until = excluded.leased_until
        where s.holder = excluded.holder or s.leased_until <= now()
      returning epoch
      """;

  static final String RELEASE =
      "update audit_sink set leased_until = now() where sink = ? and holder = ?";

  static final String KNOWN = "select 1 from audit_sink_cursor where sink = ? limit 1";

  /** Cursors of logs that have none: at their head, or before their first entry. */
  static final String BEGIN =
      """
      insert into audit_sink_cursor (tenant_id, sink, seq)
      select h.tenant_id, ?, case when ?::boolean then h.seq else 0 end from chain_head h
      where not exists (select from audit_sink_cursor c where c.tenant_id = h.tenant_id and c.sink = ?)
      on conflict (tenant_id, sink) do nothing
      """;

  /** Logs that have grown past the sink's cursor, the one that waited longest first. */
  static final String DUE =
      """
      select c.tenant_id, c.seq from audit_sink_cursor c
      join chain_head h on h.tenant_id = c.tenant_id
      where c.sink = ? and c.due_at <= now() and h.seq > c.seq
      order by c.due_at, c.tenant_id limit ?
      """;

  static final String ENTRIES =
      """
      select seq, at, type, actor, subject, body, hash from audit_entry
      where tenant_id = ? and seq > ? order by seq limit ?
      """;

  /** Only in the epoch in which it was told, and from where it was told. */
  static final String MOVE =
      """
      update audit_sink_cursor c
      set seq = ?, failures = 0, problem = '', due_at = now(), changed_at = now()
      from audit_sink s
      where c.tenant_id = ? and c.sink = ? and c.seq = ?
        and s.sink = c.sink and s.holder = ? and s.epoch = ?
      """;

  /** Twice as long with each failure, five minutes at most. */
  static final String FAIL =
      """
      update audit_sink_cursor c
      set failures = c.failures + 1, problem = ?, changed_at = now(),
          due_at = now() + least(interval '5 minutes', interval '1 second' * (1 << least(c.failures, 9)))
      from audit_sink s
      where c.tenant_id = ? and c.sink = ? and c.seq = ?
        and s.sink = c.sink and s.holder = ? and s.epoch = ?
      """;

  /** How far a sink is behind over all logs. */
  static final String LAG =
      """
      select coalesce(sum(greatest(h.seq - c.seq, 0)), 0)::bigint as behind,
             count(*) filter (where c.failures > 0)::int as failing, coalesce(max(c.problem), '') as problem
      from audit_sink_cursor c join chain_head h on h.tenant_id = c.tenant_id
      where c.sink = ?
      """;

  static final String OF_TENANT =
      """
      select c.sink, c.seq, greatest(h.seq - c.seq, 0) as behind, c.failures, c.problem, c.due_at, c.changed_at
      from audit_sink_cursor c join chain_head h on h.tenant_id = c.tenant_id
      where c.tenant_id = ? order by c.sink limit ?
      """;
}
