package io.agentos.tools.files;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tool {@code files.read}: some lines of a text file, with their numbers. */
final class FileRead implements WorkspaceTool.Work {
  private static final int LINES_DEFAULT = 400;
  private static final int LINES_MAX = 2_000;
  private static final int LINE_LENGTH_MAX = 2_000;
  private static final int TEXT_LENGTH_MAX = 100_000;
  private static final long SCANNED_BYTES_MAX = 64L * 1024 * 1024;
  private static final int FROM_LINE_MAX = 10_000_000;

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "files.read",
        "Reads lines of one text file in the folder and shows them with their line numbers. "
            + "Reads at most %d lines at once; the answer says where to go on. "
                .formatted(LINES_MAX)
            + "Find the lines with files.search first when the file may be long.",
        InputSchema.ofFolder()
            .text("path", "The file, relative to the folder", FileRoots.PATH_LENGTH_MAX)
            .required("path")
            .number("from_line", "The first line to show; 1 when left out", 1, FROM_LINE_MAX)
            .number(
                "lines",
                "How many lines to show; %d when left out".formatted(LINES_DEFAULT),
                1,
                LINES_MAX),
        Duration.ofSeconds(30));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    String path = arguments.text("path");
    Path located = workspace.locateSource(path);
    Optional<TextLines> opened = TextLines.of(workspace.open(path), LINE_LENGTH_MAX);
    if (opened.isEmpty()) {
      return ToolResult.failure(
          "'%s' is a binary file; only text can be read.".formatted(Printable.name(path)));
    }
    int from = (int) arguments.number("from_line", 1);
    int count = (int) arguments.number("lines", LINES_DEFAULT);
    try (TextLines lines = opened.get()) {
      return page(located.toString(), lines, from, count);
    }
  }

  private static ToolResult page(String path, TextLines lines, int from, int count)
      throws IOException {
    StringBuilder numbered = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    int number = 0;
    int last = from - 1;
    Optional<String> line = lines.next();
    while (line.isPresent() && lines.bytesRead() <= SCANNED_BYTES_MAX) {
      number++;
      boolean wanted = number >= from && number < from + count && last == number - 1;
      if (wanted && plain.length() < TEXT_LENGTH_MAX) {
        String shown = Printable.text(line.get()) + (lines.wasLineCut() ? "… (line cut)" : "");
        numbered.append("%6d  %s\n".formatted(number, shown));
        plain.append(shown).append('\n');
        last = number;
      }
      line = lines.next();
    }
    boolean whole = line.isEmpty();
    if (number < from && number > 0) {
      return ToolResult.failure(
          "'%s' has %d lines%s; from_line %d is behind the end."
              .formatted(Printable.name(path), number, whole ? "" : " that can be read", from));
    }
    return result(new Page(path, from, last, number, whole), numbered, plain);
  }

  /** Which lines are shown, how many were counted, and whether that is all of them. */
  private record Page(String path, int from, int last, int counted, boolean whole) {}

  private static ToolResult result(Page page, StringBuilder numbered, StringBuilder plain) {
    String path = Printable.name(page.path());
    if (page.counted() == 0) {
      numbered.append("'%s' is empty.\n".formatted(path));
    } else {
      numbered.insert(
          0,
          "%s, lines %d to %d of %s%d\n"
              .formatted(
                  path,
                  page.from(),
                  page.last(),
                  page.whole() ? "" : "more than ",
                  page.counted()));
    }
    boolean more = page.last() < page.counted();
    if (more) {
      numbered.append("More follows: go on with from_line %d.\n".formatted(page.last() + 1));
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("path", path);
    fields.put("from_line", page.from());
    fields.put("to_line", page.last());
    if (page.whole()) {
      fields.put("lines_total", page.counted());
    }
    fields.put("more", more || !page.whole());
    fields.put("text", plain.toString());
    return new ToolResult(numbered.toString(), fields, false);
  }
}
