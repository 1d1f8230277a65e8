package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.redaction.SecretPatterns;
import java.util.ArrayList;
import java.util.List;

/** No credentials of the formats that {@link SecretPatterns} knows. */
record SecretsCheck() implements Check {
  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    List<String> findings = new ArrayList<>();
    for (CheckpointTexts.Place place : CheckpointTexts.of(checkpoint)) {
      SecretPatterns.find(place.text())
          .map(what -> "There is %s %s; %s.".formatted(what, place.where(), wish(checkpoint)))
          .ifPresent(findings::add);
    }
    return consequence.of(findings);
  }

  private static String wish(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _ -> "a task must not begin with one";
      case Checkpoint.BeforeModel _ -> "it must not be sent to a model";
      case Checkpoint.BeforeTool _ -> "it must not be given to this tool";
      case Checkpoint.BeforeOutput _ -> "it must not leave";
    };
  }
}
