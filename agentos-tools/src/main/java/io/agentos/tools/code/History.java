package io.agentos.tools.code;

import io.agentos.tools.git.GitOutput;
import io.agentos.tools.git.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the commits of the year up to the newest one changed; merges do not count, nor do commits
 * that touch so many files that they say nothing about one.
 *
 * @param commits how many were counted
 * @param people how many names they carry
 * @param changes by path
 * @param whole false when there were more commits than are read
 */
record History(
    int commits,
    int people,
    LocalDate first,
    LocalDate last,
    Map<String, Change> changes,
    boolean whole) {
  private static final int COMMITS_MAX = 5_000;
  private static final int FILES_PER_COMMIT_MAX = 200;
  private static final long YEAR_SECONDS = Duration.ofDays(365).toSeconds();
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(24 * 1024 * 1024, Duration.ofSeconds(30));
  private static final Pattern FIX =
      Pattern.compile("(?i)\\b(?:fix(?:e[sd]|ing)?|bugs?|hotfix|regression|defect|crash)\\b");

  /**
   * How often a file was changed.
   *
   * @param fixes commits whose subject speaks of a fault
   * @param people how many names the commits carry
   */
  record Change(int commits, int fixes, int people) {
    static final Change NONE = new Change(0, 0, 0);
  }

  /** A file's changes while they are being counted. */
  private static final class Count {
    private int commits;
    private int fixes;
    private final Set<String> people = new HashSet<>();
  }

  private record Commit(String author, long seconds, String subject, List<String> paths) {}

  Change of(SourceFile file) {
    return changes.getOrDefault(file.path(), Change.NONE);
  }

  /** Reads the history of a repository; empty of commits when it has none. */
  static History of(GitRepository repository) throws IOException {
    GitOutput output =
        repository.run(
            BOUNDS,
            List.of(
                "log",
                "--no-merges",
                "--max-count=" + COMMITS_MAX,
                "--no-renames",
                "--no-mailmap",
                "--no-show-signature",
                "--no-ext-diff",
                "--ignore-submodules=all",
                "--name-only",
                "-z",
                "--format=%x1e%an%x1f%ct%x1f%s%x1f"));
    String[] records = output.text().split("\u001e", -1);
    int complete = output.isWhole() ? records.length : records.length - 1;
    return new Reading().read(records, complete);
  }

  /** Adds up records, newest first. */
  private static final class Reading {
    private final Map<String, Count> counts = new HashMap<>();
    private final Set<String> people = new HashSet<>();
    private int commits;
    private long newest = Long.MIN_VALUE;
    private long oldest = Long.MAX_VALUE;
    private long oldestCounted = Long.MAX_VALUE;

    History read(String[] records, int complete) {
      int read = 0;
      for (int i = 0; i < complete; i++) {
        Commit commit = commit(records[i]);
        if (commit != null) {
          read++;
          add(commit);
        }
      }
      boolean reachedTheYear = newest - oldest >= YEAR_SECONDS;
      boolean whole = (complete == records.length && read < COMMITS_MAX) || reachedTheYear;
      Map<String, Change> changes = new HashMap<>();
      counts.forEach((path, count) ->
          changes.put(path, new Change(count.commits, count.fixes, count.people.size())));
      LocalDate last = date(commits == 0 ? 0 : newest);
      LocalDate first = date(commits == 0 ? 0 : oldestCounted);
      return new History(commits, people.size(), first, last, changes, whole);
    }

    private void add(Commit commit) {
      newest = Math.max(newest, commit.seconds());
      oldest = Math.min(oldest, commit.seconds());
      boolean old = newest - commit.seconds() >= YEAR_SECONDS;
      if (old || commit.paths().size() > FILES_PER_COMMIT_MAX) {
        return;
      }
      commits++;
      oldestCounted = Math.min(oldestCounted, commit.seconds());
      people.add(commit.author());
      boolean fix = FIX.matcher(commit.subject()).find();
      for (String path : commit.paths()) {
        Count count = counts.computeIfAbsent(path, one -> new Count());
        count.commits++;
        count.fixes += fix ? 1 : 0;
        count.people.add(commit.author());
      }
    }

    private static @Nullable Commit commit(String record) {
      String[] parts = record.split("\u001f", 4);
      if (parts.length < 4 || !parts[1].matches("\\d{1,12}")) {
        return null;
      }
      List<String> paths =
          List.of(parts[3].split("\0", -1)).stream()
              .map(path -> path.startsWith("\n") ? path.substring(1) : path)
              .filter(path -> !path.isEmpty())
              .toList();
      return new Commit(parts[0], Long.parseLong(parts[1]), parts[2], paths);
    }

    private static LocalDate date(long seconds) {
      return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).toLocalDate();
    }
  }
}
