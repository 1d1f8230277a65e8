package io.agentos.runtime.gates;

import io.agentos.api.AuditEntry;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.spi.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Asks gates in order. The first that blocks ends it; a question to a person outweighs a repair; a
 * gate that throws blocks. The kill switch is no gate here: the ledger reads it in the transaction
 * of every intent.
 *
 * <p>Thread-safe.
 */
public final class Gates {
  private static final System.Logger LOG = System.getLogger(Gates.class.getName());

  private final List<Gate> gates;

  public Gates(List<Gate> gates) {
    this.gates = List.copyOf(gates);
  }

  /**
   * What the gates say, journaled as the step {@code name}.
   *
   * @param more gates for this task alone, asked after the others
   */
  public Clearance clear(Durable durable, String name, Checkpoint checkpoint, List<Gate> more) {
    return durable.step(name, Clearance.class, step -> clear(step, checkpoint, more));
  }

  private Clearance clear(Step step, Checkpoint checkpoint, List<Gate> more) {
    Clearance clearance = new Clearance.Cleared();
    for (Gate gate : Stream.concat(gates.stream(), more.stream()).toList()) {
      switch (ask(gate, checkpoint)) {
        case GateResult.Pass() -> {
          // On to the next.
        }
        case GateResult.Fix(List<String> findings) -> {
          if (clearance instanceof Clearance.Cleared) {
            clearance = new Clearance.Repair(gate.id(), findings);
          }
        }
        case GateResult.Escalate(String reason, Quorum quorum) ->
            clearance = clearance.and(new Clearance.Ask("gate:" + gate.id(), reason, quorum));
        case GateResult.Block(String reason) -> {
          refused(step, checkpoint, gate.id(), reason);
          return new Clearance.Refused("gate:" + gate.id(), reason);
        }
      }
    }
    if (clearance instanceof Clearance.Cleared) {
      step.event("gate.passed", Map.of("step", step.key().name()));
    }
    return clearance;
  }

  private static GateResult ask(Gate gate, Checkpoint checkpoint) {
    try {
      return gate.check(checkpoint);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "gate broke and so blocks gate=" + gate.id() + " task=" + checkpoint.request().task(),
          e);
      return new GateResult.Block("The gate broke; what cannot be checked does not pass.");
    }
  }

  private static void refused(Step step, Checkpoint checkpoint, String gate, String reason) {
    Map<String, String> facts = Map.of("gate", gate, "reason", reason, "step", step.key().name());
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
