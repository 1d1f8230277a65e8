package io.agentos.tools.git;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tool {@code git.log}: the latest commits, newest first. */
final class GitLog implements WorkspaceTool.Work {
  private static final int COMMITS_DEFAULT = 20;
  private static final int COMMITS_MAX = 200;
  private static final int PATHS_MAX = 20;
  private static final int SUBJECT_LENGTH_MAX = 200;
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(512 * 1024, Duration.ofSeconds(20));

  static ToolSpec spec() {
    InputSchema schema =
        InputSchema.ofFolder()
            .texts(
                "paths",
                "Only commits that changed one of these files or folders",
                PATHS_MAX,
                FileRoots.PATH_LENGTH_MAX)
            .number(
                "max",
                "How many commits to show; %d when left out".formatted(COMMITS_DEFAULT),
                1,
                COMMITS_MAX);
    return WorkspaceTool.readOnly(
        "git.log",
        "Shows the latest commits of the git repository at the top of the folder, newest first: "
            + "hash, date, author, subject, and how much they changed.",
        GitArguments.revision(
            schema, "revision", "Where to begin: a branch, tag or hash; HEAD when left out"),
        Duration.ofSeconds(60));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    try (GitRepository repository = GitRepository.open(workspace)) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "log",
                  "--max-count=" + arguments.number("max", COMMITS_DEFAULT),
                  "--date=short",
                  "--no-color",
                  "--no-ext-diff",
                  "--no-textconv",
                  "--no-mailmap",
                  "--no-show-signature",
                  "--ignore-submodules=all",
                  "--shortstat",
                  "--format=%x1e%h%x1f%ad%x1f%an%x1f%s%x1f"));
      Optional<String> revision = arguments.optionalText("revision");
      command.add(revision.isPresent() ? repository.commit(revision.get()) : "HEAD");
      command.add("--");
      for (String path : arguments.texts("paths")) {
        command.add(GitArguments.path(path));
      }
      return result(repository.runOrFail(BOUNDS, command));
    }
  }

  private static ToolResult result(GitOutput output) {
    StringBuilder text = new StringBuilder();
    List<Map<String, Object>> commits = new ArrayList<>();
    for (String record : output.text().split("\u001e", -1)) {
      String[] parts = record.split("\u001f", -1);
      if (parts.length == 5) {
        Map<String, Object> commit = new LinkedHashMap<>();
        commit.put("commit", parts[0]);
        commit.put("date", parts[1]);
        commit.put("author", Printable.line(parts[2], 100));
        commit.put("subject", Printable.line(parts[3], SUBJECT_LENGTH_MAX));
        commit.put("changes", parts[4].strip());
        commits.add(commit);
        text.append(
            "%s  %s  %s: %s  (%s)\n"
                .formatted(
                    parts[0],
                    parts[1],
                    commit.get("author"),
                    commit.get("subject"),
                    parts[4].isBlank() ? "no changes of its own" : parts[4].strip()));
      }
    }
    if (commits.isEmpty()) {
      text.append("No commits fit.\n");
    }
    boolean cut = output.ending() != GitOutput.Ending.BY_ITSELF;
    if (cut) {
      text.append("The list ends early: too much, or too long. Ask for fewer commits or a path.\n");
    }
    return new ToolResult(text.toString(), Map.of("commits", commits, "cut", cut), false);
  }
}
