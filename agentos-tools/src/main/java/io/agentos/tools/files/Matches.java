package io.agentos.tools.files;

import io.agentos.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a search has found so far, and the page that shows it. Owned by one thread. */
final class Matches {
  /** How many lines may be too expensive for a pattern before the search gives it up. */
  static final int GIVEN_UP_MAX = 50;

  private static final int SHOWN_LENGTH_MAX = 300;

  private final int countMax;
  private final StringBuilder text = new StringBuilder();
  private final List<Map<String, Object>> found = new ArrayList<>();
  private int filesSearched;
  private int filesWithMatches;
  private int filesCut;
  private int linesGivenUp;

  Matches(int countMax) {
    this.countMax = countMax;
  }

  boolean isFull() {
    return found.size() >= countMax;
  }

  boolean isHopeless() {
    return linesGivenUp >= GIVEN_UP_MAX;
  }

  void fileSearched() {
    filesSearched++;
  }

  /** A file whose end, or the end of one of its lines, was not searched. */
  void fileCut() {
    filesCut++;
  }

  void lineGivenUp() {
    linesGivenUp++;
  }

  void fileWithMatches(String path) {
    filesWithMatches++;
    text.append(Printable.name(path)).append('\n');
  }

  void match(String path, int number, String line) {
    String shown = Printable.line(line.strip(), SHOWN_LENGTH_MAX);
    text.append("%6d  %s\n".formatted(number, shown));
    found.add(Map.of("path", Printable.name(path), "line", number, "text", shown));
  }

  /** A line beside a match. */
  void context(int number, String line) {
    text.append("%6d- %s\n".formatted(number, Printable.line(line, SHOWN_LENGTH_MAX)));
  }

  void moreInFile(int count) {
    text.append("        %d more in this file\n".formatted(count));
  }

  ToolResult result(String skippedText, Optional<String> cut) {
    StringBuilder page = new StringBuilder();
    page.append(
        "%d matching lines in %d files; %d files searched\n"
            .formatted(found.size(), filesWithMatches, filesSearched));
    page.append(text);
    boolean stopped = isFull() || isHopeless() || cut.isPresent();
    if (isFull()) {
      page.append("Stopped at %d matches: narrow by pattern, path or glob.\n".formatted(countMax));
    }
    if (isHopeless()) {
      page.append("Stopped: the pattern is too expensive. Write it without nested repetition.\n");
    } else if (linesGivenUp > 0) {
      page.append("%d lines were too expensive for the pattern.\n".formatted(linesGivenUp));
    }
    cut.ifPresent(why -> page.append("The search ended early, %s: narrow it.\n".formatted(why)));
    if (filesCut > 0) {
      page.append(
          "%d files were searched in part: too large, or too long lines.\n".formatted(filesCut));
    }
    page.append(skippedText);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("matches", List.copyOf(found));
    fields.put("files_searched", filesSearched);
    fields.put("complete", !stopped && linesGivenUp == 0 && filesCut == 0);
    return new ToolResult(page.toString(), fields, false);
  }
}
