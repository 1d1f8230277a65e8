package io.agentos.runtime.killswitch;

/** The statements of the kill switch. */
final class KillSwitchSql {
  private KillSwitchSql() {}

  /** All in force, drills included: nodes answer those too. */
  static final String ACTIVE =
      """
      select tenant_id, kill_id, epoch, scope, target, reason, engaged_by, engaged_at, released_by,
             released_at, drill, triggered_by, restore_per_minute
      from kill_switch where released_at is null order by epoch
      """;

  /** Those in force that can cover something of one tenant. */
  static final String STANDING =
      """
      select tenant_id, kill_id, epoch, scope, target, reason, engaged_by, engaged_at, released_by,
             released_at, drill, triggered_by, restore_per_minute
      from kill_switch
      where released_at is null and (tenant_id = ? or scope = 'global') and not drill order by epoch
      """;

  static final String ENGAGE =
      """
      insert into kill_switch
             (tenant_id, kill_id, scope, target, target_task, reason, engaged_by, drill, triggered_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  static final String RELEASE =
      """
      update kill_switch set released_by = ?, released_at = now(), restore_per_minute = ?
      where tenant_id = ? and kill_id = ? and released_at is null
      """;

  static final String NOTIFY = "select pg_notify('agentos', 'kill')";

  static final String LIST =
      """
      select tenant_id, kill_id, epoch, scope, target, reason, engaged_by, engaged_at, released_by,
             released_at, drill, triggered_by, restore_per_minute
      from kill_switch where tenant_id = ? and kill_id < ? and (not drill or ?)
      order by kill_id desc limit ?
      """;

  static final String ONE =
      """
      select tenant_id, kill_id, epoch, scope, target, reason, engaged_by, engaged_at, released_by,
             released_at, drill, triggered_by, restore_per_minute
      from kill_switch where tenant_id = ? and kill_id = ?
      """;

  /** How many tasks of the tenant each of these switches still holds, and until when they come. */
  static final String HELD =
      """
      select killed_by, count(*) as held, max(due_at) as until
      from task where tenant_id = ? and killed_by = any (?) and waiting_for = 'killed' and not ready
      group by killed_by
      """;

  static final String ACKNOWLEDGEMENTS =
      """
      select a.node_id, a.stopped, a.epoch,
             (extract(epoch from a.acknowledged_at - k.engaged_at) * 1000)::bigint as latency_ms
      from kill_acknowledgement a join kill_switch k using (tenant_id, kill_id)
      where a.tenant_id = ? and a.kill_id = ? order by a.acknowledged_at
      """;

  static final String ACKNOWLEDGE =
      """
      insert into kill_acknowledgement (tenant_id, kill_id, node_id, stopped, epoch)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;

  /** The nodes that owe an acknowledgement. */
  static final String LIVE_NODES =
      """
      select count(*) as nodes from node join node_heartbeat using (node_id)
      where beat_at > now() - interval '10 seconds'
      """;

  /** Switches the audit log has not; whoever gets them writes them. */
  static final String TAKE_UNAUDITED =
      """
      update kill_switch k set audited = true
      from (select tenant_id, kill_id from kill_switch where not audited
            order by epoch limit 100 for update skip locked) u
      where k.tenant_id = u.tenant_id and k.kill_id = u.kill_id
      returning k.tenant_id, k.kill_id, k.epoch, k.scope, k.target, k.reason, k.engaged_by,
                k.engaged_at, k.released_by, k.released_at, k.drill, k.triggered_by,
                k.restore_per_minute
      """;

  static final String TAKE_ONE_UNAUDITED =
      """
      update kill_switch set audited = true where tenant_id = ? and kill_id = ? and not audited
      """;

  /** Acknowledgements the audit log has not, of switches it has. */
  static final String TAKE_UNAUDITED_WORDS =
      """
      update kill_acknowledgement a set audited = true
      from (select w.tenant_id, w.kill_id, w.node_id,
                   (extract(epoch from w.acknowledged_at - k.engaged_at) * 1000)::bigint as latency_ms
            from kill_acknowledgement w join kill_switch k using (tenant_id, kill_id)
            where not w.audited and k.audited
            order by w.acknowledged_at limit 500 for update of w skip locked) u
      where a.tenant_id = u.tenant_id and a.kill_id = u.kill_id and a.node_id = u.node_id
      returning a.tenant_id, a.kill_id, a.node_id, a.stopped, a.epoch, u.latency_ms
      """;
}
