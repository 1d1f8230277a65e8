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

/** The tool {@code git.show}: one commit, its message and its changes. */
final class GitShow implements WorkspaceTool.Work {

  static ToolSpec spec() {
    InputSchema schema = InputSchema.ofFolder();
    GitArguments.revision(schema, "commit", "The commit: a hash from git.log, a branch or a tag")
        .required("commit");
    return WorkspaceTool.readOnly(
        "git.show",
        "Shows one commit of the git repository at the top of the folder: who, when, why, a table "
            + "of files, then the changed lines.",
        GitArguments.path(schema, "Only its changes of this file or folder"),
        Duration.ofSeconds(60));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    try (GitRepository repository = GitRepository.open(workspace)) {
      List<String> commit = List.of(repository.commit(arguments.text("commit")));
      List<String> paths =
          arguments.optionalText("path").map(GitArguments::path).map(List::of).orElse(List.of());
      return GitPatch.result(GitPatch.run(repository, "show", commit, paths), "");
    }
  }
}
