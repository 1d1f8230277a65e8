package io.agentos.tools.files;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The tool {@code files.search}: the lines that a regular expression finds. */
final class FileSearch implements WorkspaceTool.Work {
  private static final int PATTERN_LENGTH_MAX = 500;
  private static final int MATCHES_DEFAULT = 100;
  private static final int MATCHES_MAX = 1_000;
  private static final int MATCHES_PER_FILE_MAX = 25;
  private static final int CONTEXT_MAX = 5;
  private static final int ENTRIES_MAX = 100_000;

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "files.search",
        "Finds the lines of text files that match a regular expression and shows them by file "
            + "with line numbers. Searches the whole folder unless path or glob narrow it; "
            + "leaves out version control, build output and what .gitignore names.",
        InputSchema.ofFolder()
            .text(
                "pattern",
                "A Java regular expression, matched against each line, such as \\bTODO\\b",
                PATTERN_LENGTH_MAX)
            .required("pattern")
            .text(
                "path",
                "A folder or file inside to search; everything when left out",
                FileRoots.PATH_LENGTH_MAX)
            .text(
                "glob",
                "Search only files that fit, such as *.java or src/**/*.ts",
                PathFilter.LENGTH_MAX)
            .flag("ignore_case", "Whether upper and lower case are the same; false when left out")
            .number(
                "context",
                "Lines to show before and after each match; 0 when left out",
                0,
                CONTEXT_MAX)
            .number(
                "matches",
                "How many matches to show at most; %d when left out".formatted(MATCHES_DEFAULT),
                1,
                MATCHES_MAX),
        Duration.ofSeconds(60));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    Pattern pattern;
    try {
      pattern =
          GuardedLine.compile(arguments.text("pattern"), arguments.flag("ignore_case", false));
    } catch (PatternSyntaxException e) {
      return ToolResult.failure("The pattern cannot be used: %s.".formatted(e.getDescription()));
    }
    Matches matches = new Matches((int) arguments.number("matches", MATCHES_DEFAULT));
    String path = arguments.optionalText("path").orElse(".");
    Path start = workspace.locateSource(path);
    int context = (int) arguments.number("context", 0);
    if (!workspace.isFolder(start)) {
      Search search = new Search(new Search.Wanted(pattern, context, MATCHES_MAX), matches);
      search.file(start.toString(), workspace.open(path));
      return matches.result("", search.cut());
    }
    Search search = new Search(new Search.Wanted(pattern, context, MATCHES_PER_FILE_MAX), matches);
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            start,
            new Walk.Bounds(ENTRIES_MAX, Walk.Bounds.DEPTH_MAX, Search.TIME_MAX),
            visitor(search, arguments.optionalText("glob").map(PathFilter::of)));
    return matches.result(outcome.skippedText(), search.cut().or(outcome::cut));
  }

  private static Walk.Visitor visitor(Search search, Optional<PathFilter> filter) {
    return entry -> {
      boolean wanted =
          entry.kind() == Walk.Kind.FILE
              && filter.map(one -> one.accepts(entry.path())).orElse(true);
      return !wanted || search.file(entry.path(), entry.open());
    };
  }
}
