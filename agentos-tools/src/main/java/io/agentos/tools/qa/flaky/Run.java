package io.agentos.tools.qa.flaky;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One run of the tests: a folder of reports, or a report by itself. Owned by one thread. */
final class Run {
  /** By name, with the numbers in it as numbers: run-2 comes before run-10. */
  static final Comparator<Run> ORDER = Comparator.comparing(Run::sortKey).thenComparing(Run::name);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String name;
  private final Map<String, List<Result>> results = new TreeMap<>();
  private String commit = "";

  Run(String name) {
    this.name = name;
  }

  void add(JunitReader.Report report) {
    for (Result result : report.results()) {
      results.computeIfAbsent(result.test(), none -> new ArrayList<>()).add(result);
    }
    commit = commit.isEmpty() ? report.commit() : commit;
  }

  String name() {
    return name;
  }

  /** Of the code that was tested; empty where no report says it. */
  String commit() {
    return commit;
  }

  Map<String, List<Result>> results() {
    return results;
  }

  private String sortKey() {
    return NUMBER.matcher(name).replaceAll(Run::padded);
  }

  private static String padded(MatchResult number) {
    return "0".repeat(18 - number.group().length()) + number.group();
  }

  /** How many tests ran, those that were skipped left out. */
  long executed() {
    return results.values().stream()
        .filter(all -> all.stream().anyMatch(one -> one.outcome() != Result.Outcome.SKIPPED))
        .count();
  }

  /** The tests that failed at the end. */
  Set<String> failedTests() {
    return results.entrySet().stream()
        .filter(test -> test.getValue().getLast().outcome() == Result.Outcome.FAILED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How many tests failed at the end. */
  int failed() {
    return failedTests().size();
  }
}
