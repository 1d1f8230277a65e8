package io.agentos.runtime.state;

/** The statements of following a task. */
final class TaskEventsSql {
  private TaskEventsSql() {}

  /** The size of a long value is known without reading it. */
  static final String AFTER =
      """
      select l.seq, l.type, coalesce(l.position, 0) as position, coalesce(l.name, '') as name, l.state,
             coalesce(l.attempt, 0) as attempt, l.at, l.body, l.payload,
             case when l.bytes <= ? then l.long_body end as payload_body,
             case when l.bytes <= ? then 0 else l.bytes end as left_out
      from (
        select j.seq, j.type, j.position, j.name, j.state, j.attempt, j.at, j.body, j.payload,
               p.body as long_body, coalesce(octet_length(p.body), 0) as bytes
        from journal j left join payload p on p.tenant_id = j.tenant_id and p.hash = j.payload
        where j.tenant_id = ? and j.task_id = ? and j.seq > ? order by j.seq limit ?) l
      order by l.seq
      """;
}
