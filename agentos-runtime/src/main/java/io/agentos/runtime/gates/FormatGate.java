package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.OutputRules;
import io.agentos.spi.Gate;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds an answer to the form its agent promises: required headings, length.
 *
 * <p>Thread-safe.
 */
public final class FormatGate implements Gate {
  private final OutputRules rules;

  public FormatGate(OutputRules rules) {
    this.rules = rules;
  }

  @Override
  public String id() {
    return "format";
  }

  @Override
  public GateResult check(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _, Checkpoint.BeforeModel _, Checkpoint.BeforeTool _ ->
          GateResult.PASS;
      case Checkpoint.BeforeOutput before -> check(before.output().text());
    };
  }

  private GateResult check(String text) {
    List<String> findings = new ArrayList<>();
    if (text.isBlank()) {
      findings.add("The answer is empty.");
    }
    if (text.length() > rules.lengthMax()) {
      findings.add(
          "The answer has %d characters; at most %d are allowed."
              .formatted(text.length(), rules.lengthMax()));
    }
    findings.addAll(SectionsCheck.findings(text, rules.requiredSections()));
    return findings.isEmpty() ? GateResult.PASS : new GateResult.Fix(findings);
  }
}
