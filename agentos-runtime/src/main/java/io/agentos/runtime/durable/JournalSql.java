package io.agentos.runtime.durable;

/** The statements of the journal. */
final class JournalSql {
  private JournalSql() {}

  /** Holds the node's row until the end: taking over means deleting it, and must wait for us. */
  static final String HOLD_NODE = "select true as alive from node where node_id = ? for key share";

  /** The tasks that are still ours in the epoch we claimed them. */
  static final String OWNED =
      """
      select t.task_id, t.cancel_reason is not null as cancelled
      from unnest(?::text[], ?::uuid[], ?::bigint[]) as u (tenant_id, task_id, epoch)
      join task t on t.tenant_id = u.tenant_id and t.task_id = u.task_id
      where t.epoch = u.epoch and t.owner = ?
      """;

  static final String PAYLOADS =
      """
      insert into payload (tenant_id, hash, body)
      select * from unnest(?::text[], ?::bytea[], ?::bytea[]) on conflict do nothing
      """;

  static final String INSERT =
      """
      insert into journal (tenant_id, task_id, seq, type, position, name, state, attempt, epoch, at,
                           body, payload)
      select * from unnest(?::text[], ?::uuid[], ?::int[], ?::text[], ?::int[], ?::text[], ?::text[],
                           ?::int[], ?::bigint[], ?::timestamptz[], ?::bytea[], ?::bytea[])
      """;

  static final String LOAD =
      """
      select j.tenant_id, j.task_id, j.seq, j.type, j.position, j.name, j.state, j.attempt, j.at,
             j.body, j.payload, p.body as payload_body
      from unnest(?::text[], ?::uuid[]) as u (tenant_id, task_id)
      join journal j on j.tenant_id = u.tenant_id and j.task_id = u.task_id
      left join payload p on p.tenant_id = j.tenant_id and p.hash = j.payload
      order by j.tenant_id, j.task_id, j.seq
      """;

  /** Whether a batch whose answer was lost is there: the line with this number is ours. */
  static final String STORED =
      """
      select coalesce(state, '') as state from journal
      where tenant_id = ? and task_id = ? and seq = ? and epoch = ?
      """;

  /** Puts a task away; at once ready again when a signal came that its owner has not seen. */
  static final String WAIT =
      """
      update task set state = 'waiting', waiting_for = ?, killed_by = ?, owner = null, due_at = ?,
                      ready = (signals > ? or cancel_reason is not null), ready_at = now()
      where tenant_id = ? and task_id = ? and epoch = ? and owner is not null
      """;
}
