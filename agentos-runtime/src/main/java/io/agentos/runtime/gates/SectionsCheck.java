package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Headings that an answer must have. */
record SectionsCheck(GateCheck.Sections options) implements Check {
  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return checkpoint instanceof Checkpoint.BeforeOutput before
        ? consequence.of(findings(before.output().text(), options.required()))
        : GateResult.PASS;
  }

  /** What is missing. */
  static List<String> findings(String text, List<String> required) {
    Set<String> headings = new HashSet<>(MarkdownText.of(text).headings());
    return required.stream()
        .filter(section -> !headings.contains(MarkdownText.heading(section)))
        .map("The heading '%s' is missing."::formatted)
        .toList();
  }
}
