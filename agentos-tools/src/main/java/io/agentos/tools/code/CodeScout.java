package io.agentos.tools.code;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.git.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The tool {@code code.scout}: an overview of a code base and where to look first. */
final class CodeScout implements WorkspaceTool.Work {

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "code.scout",
        "Looks over a whole folder of source code and reports languages, size, hot spots by git "
            + "history, biggest files, long functions, TODO marks, dependencies, tests, and where "
            + "to look first and why. Works without git too. One call tells most of what there is "
            + "to know about an unknown code base.",
        InputSchema.ofFolder(),
        Duration.ofMinutes(3));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    Survey.Found found = Survey.of(workspace);
    Optional<History> history = Optional.empty();
    String noHistory = "The git repository has no commits yet.";
    try (GitRepository repository = GitRepository.open(workspace)) {
      history = HistoryReading.of(repository);
    } catch (AgentOsException e) {
      if (e.code().owner() != ErrorCode.Owner.CALLER) {
        throw e;
      }
      noHistory = e.detail();
    }
    Overview overview = Overview.of(workspace.name(), found, history, noHistory);
    return new ToolResult(ScoutReport.of(overview), ScoutFields.of(overview), false);
  }
}
