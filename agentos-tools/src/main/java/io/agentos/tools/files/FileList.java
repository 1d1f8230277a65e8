package io.agentos.tools.files;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The tool {@code files.list}: what is in a folder, as deep as fits on a page. */
final class FileList implements WorkspaceTool.Work {
  private static final int ENTRIES_MAX = 50_000;
  private static final Duration TIME_MAX = Duration.ofSeconds(15);

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "files.list",
        "Lists files and folders with their sizes, as deep as fits in %d lines; "
                .formatted(Listing.LINES_MAX)
            + "folders that do not fit are shown with what they hold. "
            + "Leaves out version control, build output and what .gitignore names. "
            + "Call it once without path and glob to see the whole folder first.",
        InputSchema.ofFolder()
            .text(
                "path",
                "A folder inside to list, relative to the folder; everything when left out",
                FileRoots.PATH_LENGTH_MAX)
            .text(
                "glob",
                "Show only files that fit, such as *.java (names at any depth), src/**/*.ts (paths) "
                    + "or *.{yml,yaml}",
                PathFilter.LENGTH_MAX)
            .number(
                "depth",
                "How many levels to show, 1 for direct members only; as many as fit when left out",
                1,
                Walk.Bounds.DEPTH_MAX),
        Duration.ofSeconds(30));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    String path = arguments.optionalText("path").orElse(".");
    Path start = workspace.locateSource(path);
    if (!workspace.isFolder(start)) {
      return ToolResult.failure(
          "'%s' is not a folder. Name a folder, or read a file with files.read."
              .formatted(Printable.name(path)));
    }
    Optional<PathFilter> filter = arguments.optionalText("glob").map(PathFilter::of);
    int depth = (int) arguments.number("depth", Walk.Bounds.DEPTH_MAX + 1L);
    Listing listing = new Listing(filter.isPresent());
    Walk.Bounds bounds = new Walk.Bounds(ENTRIES_MAX, depth - 1, TIME_MAX);
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            start,
            bounds,
            entry -> {
              boolean wanted =
                  entry.kind() != Walk.Kind.FOLDER
                      && filter.map(one -> one.accepts(entry.path())).orElse(true);
              if (wanted || entry.kind() == Walk.Kind.FOLDER) {
                listing.add(entry);
              }
              return true;
            });
    return listing.result(start, outcome);
  }
}
