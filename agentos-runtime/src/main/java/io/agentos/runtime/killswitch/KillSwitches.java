package io.agentos.runtime.killswitch;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All kill switches, in one table. A switch holds from the commit of {@link #engage}: every intent
 * to act reads the table in the transaction that records it, on whatever node. All of it works on
 * connections kept for orders to stop.
 *
 * <p>Thread-safe.
 */
public final class KillSwitches {
  /** Tasks that may come back in one minute of a staged restore, at most. */
  public static final int RESTORE_PER_MINUTE_MAX = 100_000;

  private static final String DRILL =
      "A drill: covers a task that does not exist, and stops nothing.";

  private final Database database;
  private final KillAudit audit;

  public KillSwitches(Database database, Audit audit) {
    this.database = database;
    this.audit = new KillAudit(database, audit);
  }

  /**
   * How one node took a switch: the epoch it has seen, how many running tasks it stopped, and how
   * long after.
   */
  public record Acknowledgement(UUID node, int stopped, long epoch, long latencyMillis) {}

  /** What is to be stopped, why, and who says so. */
  public record Order(Scope scope, String target, String reason, String by) {}

  /**
   * What a switch still holds.
   *
   * @param until when the last of them comes back; null where that is not planned
   */
  public record Held(long tasks, @Nullable Instant until) {
    public static final Held NONE = new Held(0, null);
  }

  /**
   * Puts a switch in force with the commit of the transaction. The audit log gets it right after,
   * from {@link #audit} or from any node: an order to stop waits for nothing.
   */
  public KillSwitch engage(Tx tx, TenantId tenant, Order order) {
    KillSwitchId id = KillSwitchId.next();
    insert(tx, tenant, id, order, false, null);
    return required(tx, tenant, id);
  }

  /** Puts a switch in force that every node answers and that stops nothing. */
  public KillSwitch drill(Tx tx, TenantId tenant, String by) {
    KillSwitchId id = KillSwitchId.next();
    insert(tx, tenant, id, new Order(Scope.TASK, TaskId.next().toString(), DRILL, by), true, null);
    return required(tx, tenant, id);
  }

  /** Puts a switch in force for a rule; false when one of the rule stands there already. */
  static boolean engageBy(Tx tx, TenantId tenant, Order order, String trigger) {
    return insert(tx, tenant, KillSwitchId.next(), order, false, trigger) == 1;
  }

  /**
   * Ends a switch; releasing twice changes nothing. Nodes give back what it held: all at once, or
   * {@code perMinute} tasks a minute, 1 to {@value #RESTORE_PER_MINUTE_MAX}.
   */
  public KillSwitch release(
      Tx tx, TenantId tenant, KillSwitchId id, String by, @Nullable Integer perMinute) {
    KillSwitch before = required(tx, tenant, id);
    if (tx.update(KillSwitchSql.RELEASE, by, perMinute, tenant.value(), id.value()) == 1) {
      audit.released(tx, before, by, perMinute);
      tx.query(KillSwitchSql.NOTIFY, row -> true);
    }
    return required(tx, tenant, id);
  }

  /** The same, all at once. */
  public KillSwitch release(Tx tx, TenantId tenant, KillSwitchId id, String by) {
    return release(tx, tenant, id, by, null);
  }

  /** Writes to the audit log what is in force and acknowledged and not yet there. Idempotent. */
  public void audit() {
    audit.catchUp();
  }

  /** Switches older than {@code before}, newest first; drills where they are asked for. */
  public List<KillSwitch> list(TenantId tenant, UUID before, boolean drills, int limit) {
    return database.inControl(
        tenant,
        tx ->
            tx.query(
                KillSwitchSql.LIST, KillSwitches::read, tenant.value(), before, drills, limit));
  }

  /** One switch; NOT_FOUND when the tenant has none of this id. */
  public KillSwitch one(TenantId tenant, KillSwitchId id) {
    return database.inControl(tenant, tx -> one(tx, tenant, id));
  }

  /** The same within a transaction. */
  public KillSwitch one(Tx tx, TenantId tenant, KillSwitchId id) {
    return required(tx, tenant, id);
  }

  /** What each of these switches holds of the tenant's tasks. */
  public Map<KillSwitchId, Held> held(TenantId tenant, List<KillSwitchId> ids) {
    return database.inControl(tenant, tx -> held(tx, tenant, ids));
  }

  /** The same within a transaction. */
  public Map<KillSwitchId, Held> held(Tx tx, TenantId tenant, List<KillSwitchId> ids) {
    UUID[] uuids = ids.stream().map(KillSwitchId::value).toArray(UUID[]::new);
    Map<KillSwitchId, Held> held = new HashMap<>();
    ids.forEach(id -> held.put(id, Held.NONE));
    tx.query(
        KillSwitchSql.HELD,
        row ->
            held.put(
                new KillSwitchId(row.uuid("killed_by")),
                new Held(row.longNumber("held"), row.optionalInstant("until"))),
        tenant.value(),
        uuids);
    return held;
  }

  /** The nodes that have taken a switch, in the order they did. */
  public List<Acknowledgement> acknowledgements(TenantId tenant, KillSwitchId id) {
    return database.inControl(
        tenant,
        tx ->
            tx.query(
                KillSwitchSql.ACKNOWLEDGEMENTS,
                row ->
                    new Acknowledgement(
                        row.uuid("node_id"),
                        row.number("stopped"),
                        row.longNumber("epoch"),
                        row.longNumber("latency_ms")),
                tenant.value(),
                id.value()));
  }

  /** How many nodes are alive and owe an acknowledgement. */
  public int liveNodes() {
    return database.inControlOfAll(
        tx -> tx.queryOne(KillSwitchSql.LIVE_NODES, row -> row.number("nodes")).orElse(0));
  }

  /** The switches in force that can cover something of {@code tenant}, those of all included. */
  public List<KillSwitch> standing(TenantId tenant) {
    return database.inControlOfAll(
        tx -> tx.query(KillSwitchSql.STANDING, KillSwitches::read, tenant.value()));
  }

  /** The switches in force for all tenants, drills included; in a transaction of the engine. */
  public static List<KillSwitch> active(Tx tx) {
    return tx.query(KillSwitchSql.ACTIVE, KillSwitches::read);
  }

  /** Records that {@code node} has taken a switch; in a transaction of the engine. Idempotent. */
  public static void acknowledge(Tx tx, KillSwitch killSwitch, UUID node, int stopped) {
    tx.update(
        KillSwitchSql.ACKNOWLEDGE,
        killSwitch.tenant().value(),
        killSwitch.id().value(),
        node,
        stopped,
        killSwitch.epoch());
  }

  /** The first of {@code active} that covers {@code reach}. */
  public static Optional<KillSwitch> covering(List<KillSwitch> active, Reach reach) {
    return active.stream().filter(killSwitch -> killSwitch.covers(reach)).findFirst();
  }

  private static int insert(
      Tx tx,
      TenantId tenant,
      KillSwitchId id,
      Order order,
      boolean drill,
      @Nullable String trigger) {
    int inserted =
        tx.update(
            KillSwitchSql.ENGAGE,
            tenant.value(),
            id.value(),
            order.scope().text(),
            order.target(),
            order.scope() == Scope.TASK ? TaskId.parse(order.target()).value() : null,
            order.reason(),
            order.by(),
            drill,
            trigger);
    if (inserted == 1) {
      tx.query(KillSwitchSql.NOTIFY, row -> true);
    }
    return inserted;
  }

  private static KillSwitch required(Tx tx, TenantId tenant, KillSwitchId id) {
    return tx.queryOne(KillSwitchSql.ONE, KillSwitches::read, tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no kill switch " + id + "."));
  }

  static KillSwitch read(Row row) {
    int perMinute = row.number("restore_per_minute");
    return new KillSwitch(
        new KillSwitchId(row.uuid("kill_id")),
        new TenantId(row.text("tenant_id")),
        row.longNumber("epoch"),
        Scope.of(row.text("scope")),
        row.text("target"),
        row.text("reason"),
        row.text("engaged_by"),
        row.instant("engaged_at"),
        row.optionalText("released_by"),
        row.optionalInstant("released_at"),
        row.flag("drill"),
        row.optionalText("triggered_by"),
        perMinute == 0 ? null : perMinute);
  }
}
