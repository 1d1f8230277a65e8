package io.agentos.tools.changes;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.code.HistoryReading;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.git.GitOutput;
import io.agentos.tools.git.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Weighs the change between two commits. */
final class RangeRisk implements WorkspaceTool.Work {
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(16 * 1024 * 1024, Duration.ofSeconds(60));

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    try (GitRepository repository = GitRepository.open(workspace)) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "diff",
                  "--no-color",
                  "--no-ext-diff",
                  "--no-textconv",
                  "--ignore-submodules=all",
                  "--find-renames",
                  "--unified=0"));
      String from = arguments.optionalText("from").orElse("HEAD");
      command.add(repository.commit(from));
      if (arguments.optionalText("to").isPresent()) {
        command.add(repository.commit(arguments.text("to")));
      }
      command.add("--");
      GitOutput output = repository.run(BOUNDS, command);
      Patch patch = patch(output, from);
      return RiskReport.of(
          "Risk of a change: " + workspace.name(),
          patch,
          HistoryReading.of(repository),
          "The repository has no history yet.");
    }
  }

  private static Patch patch(GitOutput output, String from) {
    if (!output.isWhole()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          output.isFailed()
              ? "git cannot compare these commits. Name two of this repository."
              : "The change is larger than 16 MiB or takes too long to read. Name a smaller range.");
    }
    Patch patch = Patch.of(output.text());
    if (patch.files().isEmpty()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "Nothing differs from '%s'. Name another commit in from, such as main or HEAD~3."
              .formatted(from));
    }
    return patch;
  }
}
