package io.agentos.api;

import java.util.List;

/** What a gate says at a checkpoint. */
public sealed interface GateResult {
  /** Nothing to object. */
  GateResult PASS = new Pass();

  /** Nothing to object. */
  record Pass() implements GateResult {}

  /** The agent gets one turn to repair these findings; a workflow agent is blocked. */
  record Fix(List<String> findings) implements GateResult {
    public Fix {
      findings = List.copyOf(findings);
    }
  }

  /** It must not go on. */
  record Block(String reason) implements GateResult {}

  /** People must decide. */
  record Escalate(String reason, Quorum quorum) implements GateResult {
    /** One person must decide. */
    public Escalate(String reason) {
      this(reason, Quorum.ONE);
    }
  }
}
