package io.agentos.tools.git;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How changes are asked for and shown: a table of files first, then the lines, within bounds. */
final class GitPatch {
  private static final int TEXT_LENGTH_MAX = 80_000;
  private static final int LINE_LENGTH_MAX = 1_000;
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(2 * 1024 * 1024, Duration.ofSeconds(30));

  private GitPatch() {}

  /**
   * Runs {@code git diff} or {@code git show} so that it starts no program.
   *
   * @param commits full hashes
   */
  static GitOutput run(
      GitRepository repository, String verb, List<String> commits, List<String> paths)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(verb);
    command.addAll(
        List.of(
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            "--find-renames",
            "--stat=120,90,200",
            "--patch"));
    if (verb.equals("show")) {
      command.add("--no-mailmap");
      command.add("--no-show-signature");
      command.add("--format=commit %H%nDate: %ad%nAuthor: %an%n%n%B");
      command.add("--date=iso-strict");
    }
    command.addAll(commits);
    command.add("--");
    command.addAll(paths);
    return repository.runOrFail(BOUNDS, command);
  }

  /** The changes for people, with what else there is to say behind them. */
  static ToolResult result(GitOutput output, String note) {
    StringBuilder text = new StringBuilder();
    boolean cut = output.ending() != GitOutput.Ending.BY_ITSELF;
    for (String line : output.text().split("\n", -1)) {
      if (text.length() > TEXT_LENGTH_MAX) {
        cut = true;
        break;
      }
      String kept = line.length() > LINE_LENGTH_MAX ? Printable.line(line, LINE_LENGTH_MAX) : line;
      text.append(Printable.text(kept)).append('\n');
    }
    if (output.text().isBlank()) {
      text.setLength(0);
      text.append("No differences.\n");
    }
    if (cut) {
      text.append("Cut here: there is more. Ask for one path at a time.\n");
    }
    text.append(note);
    return new ToolResult(text.toString(), Map.of("diff", text.toString(), "cut", cut), false);
  }
}
