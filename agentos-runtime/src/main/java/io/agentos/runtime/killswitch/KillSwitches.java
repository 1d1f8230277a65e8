package io.agentos.runtime.killswitch;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All kill switches, in one table. A switch holds from the commit of {@link #engage}: every intent
 * to act reads the table in the transaction that records it, on whatever node.
 *
 * <p>Thread-safe.
 */
public final class KillSwitches {
  private final Database database;
  private final Audit audit;

  public KillSwitches(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** How one node took a switch: how many running tasks it stopped, and how long after. */
  public record Acknowledgement(UUID node, int stopped, long latencyMillis) {}

  /** What is to be stopped, why, and who says so. */
  public record Order(KillSwitch.Scope scope, String target, String reason, String by) {}

  /** Puts a switch in force with the commit of the transaction. */
  public KillSwitch engage(Tx tx, TenantId tenant, Order order) {
    KillSwitchId id = KillSwitchId.next();
    tx.update(
        KillSwitchSql.ENGAGE,
        tenant.value(),
        id.value(),
        order.scope().text(),
        order.target(),
        order.reason(),
        order.by());
    audit.append(tx, List.of(entry(tenant, "kill.engaged", id, order)));
    tx.query(KillSwitchSql.NOTIFY, row -> true);
    return required(tx, tenant, id);
  }

  /** Ends a switch and wakes what it parked; releasing twice changes nothing. */
  public KillSwitch release(Tx tx, TenantId tenant, KillSwitchId id, String by) {
    KillSwitch before = required(tx, tenant, id);
    if (tx.update(KillSwitchSql.RELEASE, by, tenant.value(), id.value()) == 1) {
      Order order = new Order(before.scope(), before.target(), before.reason(), by);
      audit.append(tx, List.of(entry(tenant, "kill.released", id, order)));
      tx.update(KillSwitchSql.WAKE_PARKED, tenant.value());
      tx.query(KillSwitchSql.NOTIFY_READY, row -> true);
      tx.query(KillSwitchSql.NOTIFY, row -> true);
    }
    return required(tx, tenant, id);
  }

  /** Switches older than {@code before}, newest first. */
  public List<KillSwitch> list(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant,
        tx -> tx.query(KillSwitchSql.LIST, KillSwitches::read, tenant.value(), before, limit));
  }

  /** One switch; NOT_FOUND when the tenant has none of this id. */
  public KillSwitch one(TenantId tenant, KillSwitchId id) {
    return database.inTenant(tenant, tx -> one(tx, tenant, id));
  }

  /** The same within a transaction. */
  public KillSwitch one(Tx tx, TenantId tenant, KillSwitchId id) {
    return required(tx, tenant, id);
  }

  /** The nodes that have taken a switch, in the order they did. */
  public List<Acknowledgement> acknowledgements(TenantId tenant, KillSwitchId id) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                KillSwitchSql.ACKNOWLEDGEMENTS,
                row ->
                    new Acknowledgement(
                        row.uuid("node_id"), row.number("stopped"), row.longNumber("latency_ms")),
                tenant.value(),
                id.value()));
  }

  /** How many nodes are alive and owe an acknowledgement. */
  public int liveNodes() {
    return database.inEngine(
        tx -> tx.queryOne(KillSwitchSql.LIVE_NODES, row -> row.number("nodes")).orElse(0));
  }

  /** The switches in force that can cover something of {@code tenant}, those of all included. */
  public List<KillSwitch> standing(TenantId tenant) {
    return database.inEngine(
        tx -> tx.query(KillSwitchSql.STANDING, KillSwitches::read, tenant.value()));
  }

  /** The switches in force for all tenants; in a transaction of the engine. */
  public static List<KillSwitch> active(Tx tx) {
    return tx.query(KillSwitchSql.ACTIVE, KillSwitches::read);
  }

  /** Wakes all that switches parked: each task looks again by itself. In the engine. */
  public static int wakeParked(Tx tx) {
    return tx.update(KillSwitchSql.WAKE_ALL_PARKED);
  }

  /** Records that {@code node} has taken a switch; in a transaction of the engine. Idempotent. */
  public static void acknowledge(Tx tx, KillSwitch killSwitch, UUID node, int stopped) {
    tx.update(
        KillSwitchSql.ACKNOWLEDGE,
        killSwitch.tenant().value(),
        killSwitch.id().value(),
        node,
        stopped);
  }

  /** The first of {@code active} that covers {@code reach}. */
  public static Optional<KillSwitch> covering(List<KillSwitch> active, Reach reach) {
    return active.stream().filter(killSwitch -> killSwitch.covers(reach)).findFirst();
  }

  private static KillSwitch required(Tx tx, TenantId tenant, KillSwitchId id) {
    return tx.queryOne(KillSwitchSql.ONE, KillSwitches::read, tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no kill switch " + id + "."));
  }

  private static AuditEntry entry(TenantId tenant, String type, KillSwitchId id, Order order) {
    return new AuditEntry(
        tenant,
        type,
        order.by(),
        id.toString(),
        Map.of("scope", order.scope().text(), "target", order.target(), "reason", order.reason()));
  }

  private static KillSwitch read(Row row) {
    return new KillSwitch(
        new KillSwitchId(row.uuid("kill_id")),
        new TenantId(row.text("tenant_id")),
        KillSwitch.Scope.of(row.text("scope")),
        row.text("target"),
        row.text("reason"),
        row.text("engaged_by"),
        row.instant("engaged_at"),
        row.optionalText("released_by"),
        row.optionalInstant("released_at"));
  }
}
