package io.agentos.tools.git;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The tool {@code git.blame}: which commit last changed each line of a file. */
final class GitBlame implements WorkspaceTool.Work {
  private static final int LINES_DEFAULT = 100;
  private static final int LINES_MAX = 500;
  private static final int FROM_LINE_MAX = 10_000_000;
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(512 * 1024, Duration.ofSeconds(30));

  static ToolSpec spec() {
    InputSchema schema = InputSchema.ofFolder();
    GitArguments.path(schema, "The file, relative to the folder").required("path");
    schema
        .number("from_line", "The first line; 1 when left out", 1, FROM_LINE_MAX)
        .number("lines", "How many lines; %d when left out".formatted(LINES_DEFAULT), 1, LINES_MAX);
    return WorkspaceTool.readOnly(
        "git.blame",
        "Shows for some lines of a file which commit last changed them, by whom and when. "
            + "Use git.show on a hash to see why.",
        GitArguments.revision(schema, "revision", "As of this commit; HEAD when left out"),
        Duration.ofSeconds(60));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    String path = GitArguments.path(arguments.text("path"));
    try (GitRepository repository = GitRepository.open(workspace)) {
      String commit = repository.commit(arguments.optionalText("revision").orElse("HEAD"));
      List<String> command =
          List.of(
              "blame",
              "--date=short",
              "--abbrev=8",
              "--no-textconv",
              "-L",
              "%d,+%d"
                  .formatted(
                      arguments.number("from_line", 1), arguments.number("lines", LINES_DEFAULT)),
              commit,
              "--",
              path);
      return GitPatch.result(repository.runOrFail(BOUNDS, command), "");
    }
  }
}
