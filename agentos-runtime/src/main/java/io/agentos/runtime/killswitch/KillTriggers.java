package io.agentos.runtime.killswitch;

import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches.Order;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Engages kill switches by itself when the figures of an agent or a tenant pass what was
 * configured. Counts audit entries and ended tasks, by the database's time, and never what came
 * before the last release of its own switch there: whoever lets an agent go on gives it a new
 * chance. Of nodes that see the same, one engages.
 *
 * <p>Thread-safe.
 */
public final class KillTriggers {
  static final String BY = "system:trigger";

  private final Database database;
  private final KillSwitches killSwitches;
  private final Settings settings;

  public KillTriggers(Database database, Audit audit, Settings settings) {
    this.database = database;
    this.killSwitches = new KillSwitches(database, audit);
    this.settings = settings;
  }

  /**
   * When to stop; 0 turns a rule off.
   *
   * @param window what counts is younger
   * @param loops loop detections of an agent
   * @param gateRefusals refusals of gates of an agent
   * @param budgetExceeded exceeded budgets of a tenant
   * @param errorsPercent failed tasks of an agent, 0 to 100, of its last {@code errorsOf}
   * @param errorsOf tasks that ended, at least {@code errorsMin} of them in the window
   */
  public record Settings(
      Duration window,
      int loops,
      int gateRefusals,
      int budgetExceeded,
      int errorsPercent,
      int errorsOf,
      int errorsMin) {
    /** No rule at all. */
    public static final Settings OFF = new Settings(Duration.ofMinutes(10), 0, 0, 0, 0, 50, 10);

    /** Whether there is anything to look for. */
    public boolean any() {
      return loops > 0 || gateRefusals > 0 || budgetExceeded > 0 || errorsPercent > 0;
    }
  }

  /** Something that passed its bound. */
  private record Alarm(TenantId tenant, Scope scope, String target, String trigger, String told) {}

  /** Looks once, and returns how many switches it engaged. */
  public int sweep() {
    List<Alarm> alarms = database.inEngine(this::alarms);
    int engaged = 0;
    for (Alarm alarm : alarms) {
      Order order = new Order(alarm.scope, alarm.target, alarm.told, BY);
      engaged +=
          database.inControlOfAll(
                  tx -> KillSwitches.engageBy(tx, alarm.tenant, order, alarm.trigger))
              ? 1
              : 0;
    }
    if (engaged > 0) {
      killSwitches.audit();
    }
    return engaged;
  }

  private List<Alarm> alarms(Tx tx) {
    List<Alarm> alarms = new ArrayList<>();
    String agents = "agent:";
    if (settings.loops > 0) {
      Count count = new Count("loops", "loop.detected", settings.loops, "%d loops detected");
      alarms.addAll(ofAgents(tx, count, agents));
    }
    if (settings.gateRefusals > 0) {
      Count count =
          new Count("gate_refusals", "gate.refused", settings.gateRefusals, "%d refusals of gates");
      alarms.addAll(ofAgents(tx, count, agents));
    }
    if (settings.budgetExceeded > 0) {
      alarms.addAll(ofTenants(tx));
    }
    if (settings.errorsPercent > 0) {
      alarms.addAll(errors(tx));
    }
    return alarms;
  }

  private record Count(String trigger, String type, int max, String told) {}

  private List<Alarm> ofAgents(Tx tx, Count count, String prefix) {
    return tx.query(
        TriggersSql.AGENTS,
        row -> {
          String agent = row.text("actor").substring(prefix.length());
          String told = told(count.told.formatted(row.longNumber("found")), count.max);
          return new Alarm(tenant(row), Scope.AGENT, agent, count.trigger, told);
        },
        count.type,
        seconds(),
        count.trigger,
        (long) count.max);
  }

  private List<Alarm> ofTenants(Tx tx) {
    return tx.query(
        TriggersSql.TENANTS,
        row -> {
          String figure = "%d budgets exceeded".formatted(row.longNumber("found"));
          String told = told(figure, settings.budgetExceeded);
          return new Alarm(tenant(row), Scope.TENANT, "", "budget_exceeded", told);
        },
        seconds(),
        (long) settings.budgetExceeded);
  }

  private List<Alarm> errors(Tx tx) {
    return tx.query(
        TriggersSql.ERRORS,
        row -> {
          String told =
              "Trigger: %d of the last %d tasks failed; %d %% of at least %d are configured to stop it."
                  .formatted(
                      row.longNumber("failed"),
                      row.longNumber("ended"),
                      settings.errorsPercent,
                      settings.errorsMin);
          return new Alarm(tenant(row), Scope.AGENT, row.text("agent"), "errors", told);
        },
        seconds(),
        seconds(),
        (long) settings.errorsOf,
        (long) settings.errorsMin,
        (long) settings.errorsPercent);
  }

  private String told(String figure, int max) {
    return "Trigger: %s within %s; %d are configured to stop it."
        .formatted(figure, settings.window, max);
  }

  private long seconds() {
    return settings.window.toSeconds();
  }

  private static TenantId tenant(Row row) {
    return new TenantId(row.text("tenant_id"));
  }
}
