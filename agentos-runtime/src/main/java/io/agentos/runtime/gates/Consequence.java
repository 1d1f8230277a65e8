package io.agentos.runtime.gates;

import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.runtime.definitions.OnFinding;
import java.util.List;

/** What a gate's document wants done with what is found. */
record Consequence(OnFinding onFinding, Quorum quorum) {
  private static final int SHOWN_MAX = 20;

  /** A pass for no findings; of many, the first are told. */
  GateResult of(List<String> findings) {
    if (findings.isEmpty()) {
      return GateResult.PASS;
    }
    List<String> shown = findings.stream().distinct().limit(SHOWN_MAX).toList();
    return switch (onFinding) {
      case FIX -> new GateResult.Fix(shown);
      case BLOCK -> new GateResult.Block(String.join(" ", shown));
      case ESCALATE -> new GateResult.Escalate(String.join(" ", shown), quorum);
    };
  }
}
