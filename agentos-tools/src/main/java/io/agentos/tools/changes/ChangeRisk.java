package io.agentos.tools.changes;

import io.agentos.tools.changes.Patch.Changed;
import io.agentos.tools.changes.Patch.Fate;
import io.agentos.tools.code.History;
import io.agentos.tools.code.Roles;
import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much can go wrong with a change: points from 0 to 100 by the factors that Kamei et al. ("A
 * large-scale empirical study of just-in-time quality assurance", IEEE TSE 2013) found to tell
 * changes that brought faults: size, diffusion, history; and the places that are touched.
 *
 * @param factors what gave points, the most first
 */
record ChangeRisk(int score, List<Factor> factors, List<FileRisk> files, Totals totals) {
  private static final int HIGH_FROM = 60;
  private static final int MEDIUM_FROM = 30;
  private static final Set<String> TEXTS = Set.of("md", "txt", "rst", "adoc");
  private static final Set<String> CODE =
      Set.of(
          "java", "kt", "kts", "scala", "groovy", "js", "jsx", "mjs", "cjs", "ts", "tsx", "vue",
          "svelte", "py", "rb", "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "fs", "swift", "m",
          "mm", "dart", "php", "lua", "sql", "sh", "bash", "ps1", "ex", "exs", "erl", "clj", "hs");

  /**
   * A reason for points.
   *
   * @param pointsMax what it can give at most
   */
  record Factor(String name, int points, int pointsMax, String why) {}

  /** One file and what is known of it. */
  record FileRisk(Changed file, boolean test, List<RiskyPlace> places, History.Change before) {
    /** Where to look first. */
    int weight() {
      int places = places().stream().mapToInt(RiskyPlace::points).sum();
      int size = Math.min(30, file.churn() / 10);
      return test ? size / 3 : size + 2 * places + Math.min(20, 2 * before.fixes());
    }
  }

  /** Sums over all files. */
  record Totals(
      int files,
      int added,
      int deleted,
      int folders,
      int sourceChurn,
      int testChurn,
      int deletedTests) {}

  static ChangeRisk of(Patch patch, Optional<History> history) {
    List<FileRisk> files = new ArrayList<>();
    for (Changed file : patch.files()) {
      boolean test = Roles.isTestPath(file.path());
      History.Change before = history.map(one -> one.of(file.path())).orElse(History.Change.NONE);
      files.add(
          new FileRisk(
              file,
              test,
              test || isText(file) || file.binary() ? List.of() : RiskyPlace.of(file.path()),
              before));
    }
    Totals totals = totals(files);
    List<Factor> factors = new ArrayList<>();
    size(totals, factors);
    spread(files, totals, factors);
    tests(totals, factors);
    places(files, factors);
    history.ifPresent(one -> past(files, factors));
    factors.removeIf(factor -> factor.points() == 0);
    factors.sort((one, other) -> Integer.compare(other.points(), one.points()));
    int score = Math.min(100, factors.stream().mapToInt(Factor::points).sum());
    files.sort((one, other) -> Integer.compare(other.weight(), one.weight()));
    return new ChangeRisk(score, List.copyOf(factors), List.copyOf(files), totals);
  }

  /** The score in a word: low, medium or high. */
  String level() {
    return score >= HIGH_FROM ? "high" : score >= MEDIUM_FROM ? "medium" : "low";
  }

  static boolean isCode(Changed file) {
    return CODE.contains(ending(file));
  }

  private static boolean isText(Changed file) {
    return TEXTS.contains(ending(file));
  }

  private static String ending(Changed file) {
    int dot = file.path().lastIndexOf('.');
    return dot < 0 ? "" : file.path().substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static Totals totals(List<FileRisk> files) {
    int added = 0;
    int deleted = 0;
    int source = 0;
    int test = 0;
    int deletedTests = 0;
    for (FileRisk one : files) {
      added += one.file().added();
      deleted += one.file().deleted();
      if (isCode(one.file())) {
        source += one.test() ? 0 : one.file().churn();
        test += one.test() ? one.file().churn() : 0;
        deletedTests += one.test() && one.file().fate() == Fate.DELETED ? 1 : 0;
      }
    }
    int folders =
        files.stream().map(one -> folder(one.file().path())).collect(Collectors.toSet()).size();
    return new Totals(files.size(), added, deleted, folders, source, test, deletedTests);
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private static void size(Totals totals, List<Factor> factors) {
    int lines = totals.sourceChurn();
    int points = lines < 50 ? 0 : lines < 200 ? 6 : lines < 400 ? 12 : lines < 1_000 ? 18 : 25;
    factors.add(
        new Factor(
            "size",
            points,
            25,
            "%s of code changed, tests aside; above 400 reviewers begin to overlook faults"
                .formatted(Words.count(lines, "line"))));
  }

  private static void spread(List<FileRisk> files, Totals totals, List<Factor> factors) {
    double entropy = entropy(files);
    int points =
        totals.folders() < 3 ? 0 : totals.folders() < 6 ? 4 : totals.folders() < 12 ? 8 : 12;
    points += entropy > 0.8 && totals.files() >= 8 ? 3 : 0;
    factors.add(
        new Factor(
            "spread",
            points,
            15,
            "%s in %s, %s"
                .formatted(
                    Words.count(totals.files(), "file"),
                    Words.count(totals.folders(), "folder"),
                    entropy > 0.8 ? "the lines spread evenly" : "most lines in few files")));
  }

  /** How evenly the lines are spread over the files, from 0 to 1. */
  static double entropy(List<FileRisk> files) {
    double total = files.stream().mapToInt(one -> one.file().churn()).sum();
    if (total == 0 || files.size() < 2) {
      return 0;
    }
    double sum = 0;
    for (FileRisk one : files) {
      double share = one.file().churn() / total;
      sum -= share == 0 ? 0 : share * Math.log(share);
    }
    return sum / Math.log(files.size());
  }

  private static void tests(Totals totals, List<Factor> factors) {
    boolean none = totals.sourceChurn() >= 10 && totals.testChurn() == 0;
    boolean few =
        !none && totals.sourceChurn() >= 50 && totals.testChurn() * 10 < totals.sourceChurn();
    int points = (none ? 15 : few ? 8 : 0) + Math.min(5, 5 * totals.deletedTests());
    factors.add(
        new Factor(
            "tests",
            points,
            20,
            "%s of test changed for %s of code%s"
                .formatted(
                    Words.count(totals.testChurn(), "line"),
                    Printable.number(totals.sourceChurn()),
                    totals.deletedTests() == 0
                        ? ""
                        : "; %s deleted"
                            .formatted(Words.count(totals.deletedTests(), "test file")))));
  }

  private static void places(List<FileRisk> files, List<Factor> factors) {
    Map<RiskyPlace, Integer> touched = new EnumMap<>(RiskyPlace.class);
    files.forEach(one -> one.places().forEach(place -> touched.merge(place, 1, Integer::sum)));
    int points = Math.min(25, touched.keySet().stream().mapToInt(RiskyPlace::points).sum());
    String named =
        touched.entrySet().stream()
            .map(entry -> "%s (%d)".formatted(entry.getKey().title(), entry.getValue()))
            .collect(Collectors.joining(", "));
    factors.add(new Factor("places", points, 25, "files in risky places: " + named));
  }

  private static void past(List<FileRisk> files, List<Factor> factors) {
    int fixes =
        files.stream().filter(one -> !one.test()).mapToInt(one -> one.before().fixes()).sum();
    long crowded = files.stream().filter(one -> !one.test() && one.before().people() >= 4).count();
    int points = Math.min(10, fixes) + (crowded > 0 ? 5 : 0);
    factors.add(
        new Factor(
            "history",
            points,
            15,
            "%s of these files within a year; %s worked on by four people or more"
                .formatted(Words.count(fixes, "repair"), Words.count(crowded, "file"))));
  }
}
