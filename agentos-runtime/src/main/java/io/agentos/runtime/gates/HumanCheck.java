package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.util.List;

/** A person looks, always. */
record HumanCheck(GateCheck.Human options) implements Check {
  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return consequence.of(List.of(options.reason()));
  }
}
