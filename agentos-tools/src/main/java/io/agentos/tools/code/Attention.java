package io.agentos.tools.code;

import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Ranks files by how much a second look at them promises: those that change often and are big, that
 * were repaired often, that hold long functions or many marks, that no test is named after.
 */
final class Attention {
  private static final int PLACES_MAX = 7;
  private static final double WORTH_A_LOOK = 0.5;
  private static final int LARGE_LINES = 500;
  private static final int MARKS_MANY = 3;
  private static final int FIXES_MANY = 2;

  /** A file, and why. */
  record Place(String path, double score, List<String> reasons) {
    Place {
      reasons = List.copyOf(reasons);
    }
  }

  private final List<SourceFile> files;
  private final Optional<History> history;
  private final Set<String> testNames = new HashSet<>();
  private final long hottest;

  Attention(List<SourceFile> files, Optional<History> history) {
    this.files = files;
    this.history = history;
    files.stream().filter(SourceFile::isTest).forEach(file -> testNames.add(letters(file.path())));
    this.hottest =
        files.stream().filter(SourceFile::isOwnCode).mapToLong(this::heat).max().orElse(0);
  }

  private int commits(SourceFile file) {
    return history.map(one -> one.of(file).commits()).orElse(0);
  }

  /** Commits times lines. */
  private long heat(SourceFile file) {
    return (long) commits(file) * file.lines();
  }

  /** Own code that was changed more than once, the hottest first. */
  List<SourceFile> hotSpots(int countMax) {
    return files.stream()
        .filter(file -> file.isOwnCode() && commits(file) > 1)
        .sorted(Comparator.comparingLong(this::heat).reversed().thenComparing(SourceFile::path))
        .limit(countMax)
        .toList();
  }

  /** Where to look first, the most promising first; empty when nothing stands out. */
  List<Place> places() {
    return files.stream()
        .filter(SourceFile::isOwnCode)
        .map(this::place)
        .filter(place -> place.score() >= WORTH_A_LOOK)
        .sorted(Comparator.comparingDouble(Place::score).reversed().thenComparing(Place::path))
        .limit(PLACES_MAX)
        .toList();
  }

  private Place place(SourceFile file) {
    List<String> reasons = new ArrayList<>();
    double score = ofHistory(file, reasons) + ofShape(file, reasons);
    if (score >= WORTH_A_LOOK && !testNames.isEmpty() && !isTested(file)) {
      reasons.add("no test file is named after it");
      score += 0.5;
    }
    return new Place(file.path(), score, reasons);
  }

  private double ofHistory(SourceFile file, List<String> reasons) {
    if (history.isEmpty() || hottest == 0) {
      return 0;
    }
    History.Change change = history.get().of(file);
    double score = 0;
    if (change.commits() > 1) {
      reasons.add(
          "changed by %d of %d commits".formatted(change.commits(), history.get().commits()));
      score += 4.0 * heat(file) / hottest;
    }
    if (change.fixes() >= FIXES_MANY) {
      reasons.add("%d of them repairs".formatted(change.fixes()));
      score += 2.0 * Math.min(1, change.fixes() / 10.0);
    }
    return score;
  }

  private static double ofShape(SourceFile file, List<String> reasons) {
    double score = 0;
    if (file.lines() >= LARGE_LINES) {
      reasons.add(Printable.number(file.lines()) + " lines");
      score += 1.5 * Math.min(1, file.lines() / 1_500.0);
    }
    if (!file.functions().isEmpty()) {
      Function longest = file.functions().getFirst();
      reasons.add(
          "`%s` has %d lines (line %d)".formatted(longest.name(), longest.lines(), longest.line()));
      score += 2.0 * Math.min(1, longest.lines() / 200.0);
    }
    if (file.marks() >= MARKS_MANY) {
      reasons.add("%d marks such as TODO".formatted(file.marks()));
      score += 0.5 * Math.min(1, file.marks() / 10.0);
    }
    return score;
  }

  /** Whether the name of a test file begins or ends with the name of this one. */
  private boolean isTested(SourceFile file) {
    String name = letters(file.path());
    return testNames.stream().anyMatch(test -> test.startsWith(name) || test.endsWith(name));
  }

  private static String letters(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot < 0 ? name.length() : dot)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
