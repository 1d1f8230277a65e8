package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Seen;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateMatch;
import java.util.List;
import java.util.Optional;

/**
 * After an untrusted text was read, nothing begins by itself that was not decided before: no effect
 * at all, no tool that the agent had not asked for by then, no value that the caller did not give.
 * It asks not whether a text is an attack, which nobody can tell, but what could be done by one.
 */
record UntrustedCheck(GateCheck.Untrusted options) implements Check {
  private static final String TOOL = "tool:";

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)
        || before.seen().intent().unswayed()
        || !readUntrusted(before.seen())) {
      return GateResult.PASS;
    }
    return finding(before).map(finding -> consequence.of(List.of(finding))).orElse(GateResult.PASS);
  }

  private boolean readUntrusted(Seen seen) {
    return !seen.whole() || seen.texts().stream().anyMatch(text -> !isTrusted(text.origin()));
  }

  /** Only tools can be: nobody vouches for what comes in from outside. */
  private boolean isTrusted(String origin) {
    return origin.startsWith(TOOL)
        && GateMatch.fitsAny(options.trusted(), origin.substring(TOOL.length()));
  }

  private Optional<String> finding(Checkpoint.BeforeTool before) {
    ToolSpec tool = before.tool();
    if (tool.effect() != ToolSpec.Effect.READ_ONLY) {
      return Optional.of("%s would act after an untrusted text was read.".formatted(tool.name()));
    }
    if (GateMatch.fitsAny(options.contained(), tool.name())) {
      return Optional.empty();
    }
    if (!before.seen().intent().tools().contains(tool.name())) {
      return Optional.of(
          "%s was not asked for before an untrusted text was read.".formatted(tool.name()));
    }
    GivenTexts given = GivenTexts.of(before);
    long unknown =
        CheckpointTexts.values(before.call().arguments()).stream()
            .filter(value -> !value.isBlank() && !given.holds(GivenTexts.plain(value)))
            .count();
    return unknown == 0
        ? Optional.empty()
        : Optional.of(
            "%s would be given %d values that are not the caller's, after an untrusted text was read."
                .formatted(tool.name(), unknown));
  }
}
