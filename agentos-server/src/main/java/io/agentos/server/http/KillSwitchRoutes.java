package io.agentos.server.http;

import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.KillSwitches.Order;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of kill switches. Thread-safe. */
final class KillSwitchRoutes {
  private static final Cursor<UUID> SWITCHES = Cursor.ofIds("kill-switches");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final String DRILL =
      "A drill: covers a task that does not exist, and stops nothing.";

  private final Database database;
  private final KillSwitches killSwitches;
  private final StateStore stateStore;
  private final KillOrder orders;
  private final KillAcknowledgements acknowledgements;
  private final Idempotent idempotent;

  KillSwitchRoutes(HttpServices services, Idempotent idempotent) {
    this.database = services.database();
    this.killSwitches = services.killSwitches();
    this.stateStore = services.stateStore();
    this.orders = new KillOrder(services.catalog());
    this.acknowledgements = new KillAcknowledgements(services.killSwitches());
    this.idempotent = idempotent;
  }

  List<Route> routes() {
    Access read = new Access.NeedsFirst(Permission.READ);
    Access kill = new Access.NeedsFirst(Permission.KILL);
    return List.of(
        new Route("GET", "/v1/kill-switches", read, this::list),
        new Route("POST", "/v1/kill-switches", kill, this::engage),
        new Route("POST", "/v1/kill-switches/drill", kill, this::drill),
        new Route("POST", "/v1/kill-switches/{id}/release", kill, this::release));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(SWITCHES).orElse(LAST);
    query.check();
    List<KillSwitch> found = killSwitches.list(call.tenant(), before, false, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, KillView::of, each -> SWITCHES.encode(each.id().value())));
  }

  private Answer engage(Call call) {
    Supplier<Order> prepared = Idempotent.prepared(() -> orders.read(call));
    Idempotent.Outcome outcome =
        idempotent.once(call, 201, tx -> KillView.of(engage(tx, call.tenant(), prepared.get())));
    KillSwitchId id = KillSwitchId.parse(outcome.member("id"));
    return new Answer.Later(
        () -> outcome.marked(Answer.json(201, acknowledgements.of(call.tenant(), id))));
  }

  private KillSwitch engage(Tx tx, TenantId tenant, Order order) {
    if (order.scope() == Scope.TASK) {
      TaskId task = TaskId.parse(order.target());
      TaskIds.mustExist(stateStore, tx, tenant, new TaskIds.Named("target", task));
    }
    return killSwitches.engage(tx, tenant, order);
  }

  private Answer release(Call call) {
    KillSwitchId id = KillSwitchId.parse(call.id());
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    return idempotent
        .once(
            call,
            200,
            tx -> {
              KillSwitch found = killSwitches.one(tx, call.tenant(), id);
              KillOrder.mustBeAllowed(call, found.scope());
              return KillView.of(
                  killSwitches.release(tx, call.tenant(), id, call.principal().id()));
            })
        .answer();
  }

  /** Takes the way of a real order, all but that it covers nothing. */
  private Answer drill(Call call) {
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    String by = call.principal().id();
    Order order = new Order(Scope.TASK, TaskId.next().toString(), DRILL, by);
    Idempotent.Outcome outcome =
        idempotent.once(
            call, 200, tx -> KillView.of(killSwitches.engage(tx, call.tenant(), order)));
    KillSwitchId id = KillSwitchId.parse(outcome.member("id"));
    return new Answer.Later(() -> {
      acknowledgements.of(call.tenant(), id);
      database.inTenant(call.tenant(), tx -> killSwitches.release(tx, call.tenant(), id, by));
      return outcome.marked(Answer.json(200, acknowledgements.of(call.tenant(), id)));
    });
  }
}
