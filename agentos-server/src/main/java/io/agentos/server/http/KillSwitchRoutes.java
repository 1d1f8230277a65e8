package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.killswitch.KillImpact;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.KillSwitches.Held;
import io.agentos.runtime.killswitch.KillSwitches.Order;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.server.http.KillAcknowledgements.Acknowledged;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of kill switches. Thread-safe. */
final class KillSwitchRoutes {
  private static final Cursor<UUID> SWITCHES = Cursor.ofIds("kill-switches");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final System.Logger LOG = System.getLogger(KillSwitchRoutes.class.getName());

  private final Database database;
  private final KillSwitches killSwitches;
  private final StateStore stateStore;
  private final KillOrder orders;
  private final KillAcknowledgements acknowledgements;
  private final KillImpact impact;
  private final Idempotent idempotent;
  private final Codes codes;

  KillSwitchRoutes(HttpServices services) {
    this.database = services.database();
    this.killSwitches = services.killSwitches();
    this.stateStore = services.stateStore();
    this.orders = new KillOrder(services.catalog());
    this.acknowledgements = new KillAcknowledgements(services.killSwitches());
    this.impact = new KillImpact(services.database(), services.stateStore().keys());
    this.idempotent = Idempotent.first(services.database(), services.stateStore().keys());
    this.codes = new Codes(services, true);
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
    QueryParameters query = call.parameters("limit", "cursor", "drills");
    int limit = query.limit();
    UUID before = query.cursor(SWITCHES).orElse(LAST);
    boolean drills = query.choice("drills", List.of("false", "true")).orElse("").equals("true");
    query.check();
    List<KillSwitch> found = killSwitches.list(call.tenant(), before, drills, limit + 1);
    Map<KillSwitchId, Held> held =
        killSwitches.held(call.tenant(), found.stream().map(KillSwitch::id).toList());
    return Answer.json(
        200,
        Page.of(
            found,
            limit,
            each -> KillView.of(each, held.getOrDefault(each.id(), Held.NONE)),
            each -> SWITCHES.encode(each.id().value())));
  }

  private Answer engage(Call call) {
    Supplier<KillOrder.Wish> prepared = Idempotent.prepared(() -> orders.read(call));
    if (KillOrder.isDryRun(call)) {
      return dryRun(call, prepared.get().order());
    }
    SecondFactors.Check check = codes.check(call);
    Idempotent.Outcome outcome =
        idempotent.once(
            call,
            201,
            tx -> {
              mustHaveCode(tx, prepared.get().order().scope(), check);
              return KillView.of(engage(tx, call.tenant(), prepared.get().order()));
            });
    check.passed();
    KillSwitchId id = KillSwitchId.parse(outcome.member("id"));
    return new Answer.Later(() -> {
      Acknowledged taken = acknowledgements.of(call.tenant(), id);
      tellTheAuditLog();
      return outcome.marked(Answer.json(201, taken));
    });
  }

  /** What stops all tenants, or lets them go, takes the code of who has a second factor. */
  private static void mustHaveCode(Tx tx, Scope scope, SecondFactors.Check check) {
    if (scope == Scope.GLOBAL) {
      check.pass(tx);
    }
  }

  /** What the order would stop now. */
  record Impact(
      String scope,
      @Nullable String target,
      boolean dryRun,
      long running,
      long queued,
      long waiting) {}

  private Answer dryRun(Call call, Order order) {
    if (order.scope() == Scope.TASK) {
      TaskId task = TaskId.parse(order.target());
      TaskIds.Named named = new TaskIds.Named("target", task);
      database.inControl(
          call.tenant(),
          tx -> {
            TaskIds.mustExist(stateStore, tx, call.tenant(), named);
            return true;
          });
    }
    KillImpact.Impact found = impact.of(call.tenant(), order.scope(), order.target());
    return Answer.json(
        200,
        new Impact(
            order.scope().text(),
            order.target().isEmpty() ? null : order.target(),
            true,
            found.running(),
            found.queued(),
            found.waiting()));
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
    Integer perMinute =
        call.body()
            .fieldsOrNone(problems, "per_minute")
            .whole("per_minute", 1, KillSwitches.RESTORE_PER_MINUTE_MAX)
            .map(Math::toIntExact)
            .orElse(null);
    problems.throwIfAny();
    SecondFactors.Check check = codes.check(call);
    Idempotent.Outcome outcome =
        idempotent.once(
            call,
            200,
            tx -> {
              KillSwitch found = killSwitches.one(tx, call.tenant(), id);
              KillOrder.mustBeAllowed(call, found.scope());
              mustHaveCode(tx, found.scope(), check);
              KillSwitch released =
                  killSwitches.release(tx, call.tenant(), id, call.principal().id(), perMinute);
              Map<KillSwitchId, Held> held = killSwitches.held(tx, call.tenant(), List.of(id));
              return KillView.of(released, held.getOrDefault(id, Held.NONE));
            });
    check.passed();
    return outcome.answer();
  }

  /** Takes the way of a real order, all but that it covers nothing. */
  private Answer drill(Call call) {
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    String by = call.principal().id();
    Idempotent.Outcome outcome =
        idempotent.once(call, 200, tx -> KillView.of(killSwitches.drill(tx, call.tenant(), by)));
    KillSwitchId id = KillSwitchId.parse(outcome.member("id"));
    return new Answer.Later(() -> {
      acknowledgements.of(call.tenant(), id);
      database.inControl(call.tenant(), tx -> killSwitches.release(tx, call.tenant(), id, by));
      Acknowledged taken = acknowledgements.of(call.tenant(), id);
      tellTheAuditLog();
      return outcome.marked(Answer.json(200, taken));
    });
  }

  /** The order holds whether or not the log has it already; what is missing nodes write later. */
  private void tellTheAuditLog() {
    try {
      killSwitches.audit();
    } catch (AgentOsException e) {
      LOG.log(System.Logger.Level.WARNING, "the audit log of kill switches is late: {0}", e);
    }
  }
}
