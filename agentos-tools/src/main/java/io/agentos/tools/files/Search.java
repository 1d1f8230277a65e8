package io.agentos.tools.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** One search through file after file. Owned by one thread. */
final class Search {
  static final Duration TIME_MAX = Duration.ofSeconds(20);

  private static final int LINE_LENGTH_MAX = 4_000;
  private static final int FILE_BYTES_MAX = 4 * 1024 * 1024;

  /**
   * What is searched for.
   *
   * @param pattern from {@link GuardedLine#compile}
   * @param context lines to show on either side of a match
   * @param perFileMax matches to show of one file
   */
  record Wanted(Pattern pattern, int context, int perFileMax) {}

  private final Wanted wanted;
  private final Matches matches;
  private final Deadline deadline = Deadline.in(TIME_MAX);
  private Optional<String> cut = Optional.empty();

  Search(Wanted wanted, Matches matches) {
    this.wanted = wanted;
    this.matches = matches;
  }

  /** The bound that ended it early; empty when none did so far. */
  Optional<String> cut() {
    return cut;
  }

  /** Searches a file and closes it; false when the search is over. */
  boolean file(String path, SeekableByteChannel channel) throws IOException {
    Optional<TextLines> opened = TextLines.of(channel, LINE_LENGTH_MAX);
    if (opened.isEmpty()) {
      return true;
    }
    matches.fileSearched();
    try (TextLines lines = opened.get()) {
      new InFile(path).lines(lines);
    }
    return !isOver();
  }

  private boolean isOver() throws IOException {
    if (cut.isEmpty() && deadline.isOver()) {
      cut = Optional.of("after %d seconds".formatted(TIME_MAX.toSeconds()));
    }
    return cut.isPresent() || matches.isFull() || matches.isHopeless();
  }

  /** The search in one file. */
  private final class InFile {
    private final String path;
    private final Deque<String> before = new ArrayDeque<>();
    private int number;
    private int found;
    private int contextUntil;

    InFile(String path) {
      this.path = path;
    }

    void lines(TextLines lines) throws IOException {
      boolean inPart = false;
      Optional<String> line = lines.next();
      while (line.isPresent() && !isOver()) {
        number++;
        inPart |= lines.wasLineCut() || lines.bytesRead() > FILE_BYTES_MAX;
        line(line.get());
        line = lines.bytesRead() > FILE_BYTES_MAX ? Optional.empty() : lines.next();
      }
      if (found > wanted.perFileMax()) {
        matches.moreInFile(found - wanted.perFileMax());
      }
      if (inPart) {
        matches.fileCut();
      }
    }

    private void line(String line) {
      boolean match = isMatch(line);
      found += match ? 1 : 0;
      if (match && found <= wanted.perFileMax()) {
        show(line);
      } else if (number <= contextUntil) {
        matches.context(number, line);
      } else {
        remember(line);
      }
    }

    private boolean isMatch(String line) {
      return switch (GuardedLine.find(wanted.pattern(), line)) {
        case YES -> true;
        case NO -> false;
        case GIVEN_UP -> {
          matches.lineGivenUp();
          yield false;
        }
      };
    }

    private void show(String line) {
      if (found == 1) {
        matches.fileWithMatches(path);
      }
      int first = number - before.size();
      for (String beside : before) {
        matches.context(first, beside);
        first++;
      }
      before.clear();
      matches.match(path, number, line);
      contextUntil = number + wanted.context();
    }

    private void remember(String line) {
      if (wanted.context() > 0) {
        if (before.size() == wanted.context()) {
          before.removeFirst();
        }
        before.addLast(line);
      }
    }
  }
}
