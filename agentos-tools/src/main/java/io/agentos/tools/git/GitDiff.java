package io.agentos.tools.git;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The tool {@code git.diff}: what changed between two commits, or since one in the files. */
final class GitDiff implements WorkspaceTool.Work {
  private static final int UNTRACKED_NAMED = 50;
  private static final GitRepository.Bounds UNTRACKED_BOUNDS =
      new GitRepository.Bounds(256 * 1024, Duration.ofSeconds(10));

  static ToolSpec spec() {
    InputSchema schema = InputSchema.ofFolder();
    GitArguments.revision(
        schema, "from", "The older side: a branch, tag or hash; HEAD when left out");
    GitArguments.revision(
        schema, "to", "The newer side; the files as they are now, uncommitted, when left out");
    return WorkspaceTool.readOnly(
        "git.diff",
        "Shows the changes between two commits of the git repository at the top of the folder, or "
            + "the uncommitted ones when neither is named: a table of files, then the lines. "
            + "Large changes are cut; ask for one path at a time then.",
        GitArguments.path(schema, "Only changes of this file or folder"),
        Duration.ofSeconds(90));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    try (GitRepository repository = GitRepository.open(workspace)) {
      List<String> commits = new ArrayList<>();
      commits.add(repository.commit(arguments.optionalText("from").orElse("HEAD")));
      boolean files = arguments.optionalText("to").isEmpty();
      if (!files) {
        commits.add(repository.commit(arguments.text("to")));
      }
      List<String> paths =
          arguments.optionalText("path").map(GitArguments::path).map(List::of).orElse(List.of());
      GitOutput output = GitPatch.run(repository, "diff", commits, paths);
      return GitPatch.result(output, files ? untracked(repository, paths) : "");
    }
  }

  /** New files, which no diff shows until they are added. */
  private static String untracked(GitRepository repository, List<String> paths) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ls-files", "--others", "--exclude-standard", "-z", "--"));
    command.addAll(paths);
    GitOutput output = repository.runOrFail(UNTRACKED_BOUNDS, command);
    List<String> names =
        Arrays.stream(output.text().split("\0", -1)).filter(name -> !name.isEmpty()).toList();
    if (names.isEmpty()) {
      return "";
    }
    String shown =
        names.stream()
            .limit(UNTRACKED_NAMED)
            .map(Printable::name)
            .collect(Collectors.joining("\n  "));
    int more = names.size() - UNTRACKED_NAMED;
    return "New files that git does not track yet, not shown above:\n  %s\n%s"
        .formatted(shown, more > 0 ? "  and %d more\n".formatted(more) : "");
  }
}
