package io.agentos.tools.code;

import io.agentos.tools.git.GitOutput;
import io.agentos.tools.git.GitRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Adds up the commits of a repository, newest first. Owned by one thread. */
public final class HistoryReading {
  private static final int COMMITS_MAX = 5_000;
  private static final int FILES_PER_COMMIT_MAX = 200;
  private static final long YEAR_SECONDS = Duration.ofDays(365).toSeconds();
  private static final GitRepository.Bounds BOUNDS =
      new GitRepository.Bounds(24 * 1024 * 1024, Duration.ofSeconds(30));
  private static final Pattern FIX =
      Pattern.compile("(?i)\\b(?:fix(?:e[sd]|ing)?|bugs?|hotfix|regression|defect|crash)\\b");

  /** A file's changes while they are being counted. */
  private static final class Count {
    private int commits;
    private int fixes;
    private final Set<String> people = new HashSet<>();
  }

  private record Commit(String author, long seconds, String subject, List<String> paths) {}

  private final Map<String, Count> counts = new HashMap<>();
  private final Set<String> people = new HashSet<>();
  private int read;
  private int commits;
  private long newest = Long.MIN_VALUE;
  private long oldest = Long.MAX_VALUE;
  private long oldestCounted = Long.MAX_VALUE;

  private HistoryReading() {}

  /** The history of a repository; empty when it has no commits. */
  public static Optional<History> of(GitRepository repository) throws IOException {
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
    HistoryReading reading = new HistoryReading();
    List<String> records = new ArrayList<>(List.of(output.text().split("\u001e", -1)));
    if (!output.isWhole()) {
      records.removeLast();
    }
    records.forEach(record -> commit(record).ifPresent(reading::add));
    return reading.commits == 0 ? Optional.empty() : Optional.of(reading.history(output.isWhole()));
  }

  private static Optional<Commit> commit(String record) {
    String[] parts = record.split("\u001f", 4);
    if (parts.length < 4 || !parts[1].matches("\\d{1,12}")) {
      return Optional.empty();
    }
    List<String> paths = new ArrayList<>();
    for (String path : parts[3].split("\0", -1)) {
      String name = path.startsWith("\n") ? path.substring(1) : path;
      if (!name.isEmpty()) {
        paths.add(name);
      }
    }
    return Optional.of(new Commit(parts[0], Long.parseLong(parts[1]), parts[2], paths));
  }

  private void add(Commit commit) {
    read++;
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

  private History history(boolean allRead) {
    boolean reachedTheYear = newest - oldest >= YEAR_SECONDS;
    boolean whole = (allRead && read < COMMITS_MAX) || reachedTheYear;
    Map<String, History.Change> changes = new HashMap<>();
    counts.forEach((path, count) ->
        changes.put(path, new History.Change(count.commits, count.fixes, count.people.size())));
    return new History(commits, people.size(), date(oldestCounted), date(newest), changes, whole);
  }

  private static LocalDate date(long seconds) {
    return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
