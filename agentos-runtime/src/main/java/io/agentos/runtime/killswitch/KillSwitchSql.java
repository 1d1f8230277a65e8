package io.agentos.runtime.killswitch;

/** The statements of the kill switch. */
final class KillSwitchSql {
  private KillSwitchSql() {}

  static final String ACTIVE =
      """
      select tenant_id, kill_id, scope, target, reason, engaged_by, engaged_at, released_by, released_at
      from kill_switch where released_at is null order by engaged_at
      """;

  /** Those in force that can cover something of one tenant. */
  static final String STANDING =
      """
      select tenant_id, kill_id, scope, target, reason, engaged_by, engaged_at, released_by, released_at
      from kill_switch
      where released_at is null and (tenant_id = ? or scope = 'global') order by engaged_at
      """;

  static final String ENGAGE =
      """
      insert into kill_switch (tenant_id, kill_id, scope, target, reason, engaged_by)
      values (?, ?, ?, ?, ?, ?)
      """;

  static final String RELEASE =
      """
      update kill_switch set released_by = ?, released_at = now()
      where tenant_id = ? and kill_id = ? and released_at is null
      """;

  /** Each parked task looks again by itself: another switch may still cover it. */
  static final String WAKE_PARKED =
      """
      update task set ready = true, ready_at = now()
      where tenant_id = ? and waiting_for = 'killed' and not ready
      """;

  static final String WAKE_ALL_PARKED =
      """
      update task set ready = true, ready_at = now()
      where waiting_for = 'killed' and not ready
      """;

  static final String NOTIFY = "select pg_notify('agentos', 'kill')";

  static final String NOTIFY_READY = "select pg_notify('agentos', 'ready')";

  static final String LIST =
      """
      select tenant_id, kill_id, scope, target, reason, engaged_by, engaged_at, released_by, released_at
      from kill_switch where tenant_id = ? and kill_id < ? order by kill_id desc limit ?
      """;

  static final String ONE =
      """
      select tenant_id, kill_id, scope, target, reason, engaged_by, engaged_at, released_by, released_at
      from kill_switch where tenant_id = ? and kill_id = ?
      """;

  static final String ACKNOWLEDGEMENTS =
      """
      select a.node_id, a.stopped,
             (extract(epoch from a.acknowledged_at - k.engaged_at) * 1000)::bigint as latency_ms
      from kill_acknowledgement a join kill_switch k using (tenant_id, kill_id)
      where a.tenant_id = ? and a.kill_id = ? order by a.acknowledged_at
      """;

  static final String ACKNOWLEDGE =
      """
      insert into kill_acknowledgement (tenant_id, kill_id, node_id, stopped)
      values (?, ?, ?, ?) on conflict do nothing
      """;

  /** The nodes that owe an acknowledgement. */
  static final String LIVE_NODES =
      """
      select count(*) as nodes from node join node_heartbeat using (node_id)
      where beat_at > now() - interval '10 seconds'
      """;
}
