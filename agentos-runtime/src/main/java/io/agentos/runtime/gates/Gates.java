package io.agentos.runtime.gates;

import io.agentos.api.AuditEntry;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.spi.Gate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks gates in order: those of plugins, those of the agent's definition, those of the place. The
 * first that blocks ends it; a question to a person outweighs a repair; a gate that breaks or takes
 * too long blocks. The kill switch is no gate here: the ledger reads it in the transaction of every
 * intent.
 *
 * <p>Thread-safe.
 */
public final class Gates {
  private static final int MADE_MAX = 1_000;

  private final List<Standing> everywhere;
  private final InstantSource clock;
  private final GateThreads threads = new GateThreads();
  private final GateThreads.Line ofPlaces = new GateThreads.Line();
  private final Map<GateDefinition, Standing> made = new ConcurrentHashMap<>();

  /** A gate with the line before it and its time. */
  private record Standing(Gate gate, GateThreads.Line line, Duration timeout) {
    static Standing of(Gate gate) {
      return new Standing(gate, new GateThreads.Line(), GateDefinition.TIMEOUT_DEFAULT);
    }
  }

  /** Gates by the system's clock. */
  public Gates(List<Gate> everywhere) {
    this(everywhere, InstantSource.system());
  }

  /**
   * Gates.
   *
   * @param everywhere those that stand before every agent, such as those of plugins
   * @param clock by which quiet hours are told
   */
  public Gates(List<Gate> everywhere, InstantSource clock) {
    this.everywhere = everywhere.stream().map(Standing::of).toList();
    this.clock = clock;
  }

  /**
   * What the gates before this agent say, journaled as the step {@code name}.
   *
   * @param more gates for this place alone, asked after the others
   */
  public Clearance clear(
      Durable durable, String name, Checkpoint checkpoint, AgentDefinition agent, List<Gate> more) {
    return durable.step(
        name, Clearance.class, step -> clear(step, checkpoint, standing(checkpoint, agent, more)));
  }

  private List<Standing> standing(Checkpoint checkpoint, AgentDefinition agent, List<Gate> more) {
    List<Standing> standing = new ArrayList<>(everywhere);
    for (GateDefinition definition : agent.gates()) {
      Standing one = made(definition);
      if (one.gate() instanceof DefinedGate gate && gate.standsAt(checkpoint, agent.zone())) {
        standing.add(one);
      }
    }
    for (Gate gate : more) {
      standing.add(new Standing(gate, ofPlaces, GateDefinition.TIMEOUT_DEFAULT));
    }
    return standing;
  }

  /** A task keeps its definitions, so that there can be more than there are documents. */
  private Standing made(GateDefinition definition) {
    if (made.size() > MADE_MAX) {
      made.clear();
    }
    return made.computeIfAbsent(
        definition,
        one -> new Standing(new DefinedGate(one, clock), new GateThreads.Line(), one.timeout()));
  }

  private Clearance clear(Step step, Checkpoint checkpoint, List<Standing> standing) {
    Clearance clearance = new Clearance.Cleared();
    for (Standing each : standing) {
      String gate = each.gate().id();
      switch (threads.ask(each.line(), each.gate(), checkpoint, each.timeout())) {
        case GateResult.Pass() -> {
          // On to the next.
        }
        case GateResult.Fix(List<String> findings) when mendable(checkpoint) ->
            clearance = clearance.and(new Clearance.Repair(gate, findings));
        case GateResult.Fix(List<String> findings) -> {
          return refused(step, checkpoint, gate, String.join(" ", findings));
        }
        case GateResult.Escalate(String reason, Quorum quorum) ->
            clearance = clearance.and(new Clearance.Ask("gate:" + gate, reason, quorum));
        case GateResult.Block(String reason) -> {
          return refused(step, checkpoint, gate, reason);
        }
      }
    }
    if (clearance instanceof Clearance.Cleared) {
      step.event("gate.passed", Map.of("step", step.key().name()));
    }
    if (clearance instanceof Clearance.Repair(String gate, List<String> findings)) {
      record(step, checkpoint, gate, "fix", String.join(" ", findings));
    }
    return clearance;
  }

  /** Nobody can mend what a task begins with or what a model is about to read. */
  private static boolean mendable(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _, Checkpoint.BeforeModel _ -> false;
      case Checkpoint.BeforeTool _, Checkpoint.BeforeOutput _ -> true;
    };
  }

  private static Clearance refused(Step step, Checkpoint checkpoint, String gate, String reason) {
    record(step, checkpoint, gate, "block", reason);
    return new Clearance.Refused("gate:" + gate, reason);
  }

  private static void record(
      Step step, Checkpoint checkpoint, String gate, String verdict, String reason) {
    Map<String, String> facts =
        new TreeMap<>(
            Map.of("gate", gate, "reason", reason, "step", step.key().name(), "verdict", verdict));
    step.event("gate.refused", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "gate.refused",
            "agent:" + checkpoint.agent(),
            step.key().task().toString(),
            facts));
  }
}
