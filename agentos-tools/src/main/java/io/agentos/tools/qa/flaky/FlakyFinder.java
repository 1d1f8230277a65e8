package io.agentos.tools.qa.flaky;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;
import static io.agentos.tools.report.Markdown.decimal;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.qa.flaky.History.Verdict;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds tests that pass and fail by chance, in the reports of many runs. */
public final class FlakyFinder {
  private static final int RUNS_MIN = 2;
  private static final int BAD_TESTS_MIN = 5;
  private static final double BAD_SHARE = 0.3;
  private static final int FIELDS_MAX = 500;
  private static final int SHOWN_MAX = 40;
  private static final int NAMED_MAX = 5;

  private FlakyFinder() {}

  /** Looks over a folder with one folder, or one report, for each run. */
  public static ToolResult run(Workspace workspace) throws IOException {
    RunReader.Read read = RunReader.of(workspace);
    if (read.runs().size() < RUNS_MIN) {
      return ToolResult.failure(tooFew(read));
    }
    List<Run> bad = read.runs().stream().filter(FlakyFinder::isBad).toList();
    List<Run> runs = read.runs().stream().filter(run -> !isBad(run)).toList();
    Map<String, History> histories = new TreeMap<>();
    for (Run run : runs) {
      run.results()
          .forEach(
              (test, results) -> histories.computeIfAbsent(test, History::new).add(run, results));
    }
    List<History> ordered =
        histories.values().stream()
            .sorted(
                Comparator.comparingDouble(History::failureRate)
                    .reversed()
                    .thenComparing(History::test))
            .toList();
    List<Finding> findings = new FlakyFindings(bad).of(ordered);
    Report report =
        new Report("Flaky tests: " + workspace.name())
            .whenNone("**No findings:** no test failed by chance, as far as these runs tell.")
            .summary(summary(read, runs, ordered))
            .findings(findings);
    List<History> flaky = ordered.stream().filter(FlakyFinder::isFlaky).toList();
    if (!flaky.isEmpty()) {
      report.summary(cost(runs, flaky)).first("Flaky tests", table(flaky));
    }
    fields(report, read, runs, ordered);
    notes(report, read, runs);
    return report.result();
  }

  private static String tooFew(RunReader.Read read) {
    String found =
        "%s in %s"
            .formatted(count(read.reports(), "JUnit report"), count(read.runs().size(), "run"));
    String broken =
        read.unreadable().isEmpty() ? "" : " Not readable: " + read.unreadable().getFirst() + ".";
    return "The folder holds %s; at least %d runs are needed to see chance. Put the reports (.xml) of each run into a folder of its own.%s"
        .formatted(found, RUNS_MIN, broken);
  }

  /** So much failed at once that the tests themselves are not the cause. */
  private static boolean isBad(Run run) {
    return run.failed() >= BAD_TESTS_MIN && run.failed() >= BAD_SHARE * run.executed();
  }

  static boolean isFlaky(History history) {
    return history.verdict() == Verdict.PROVEN || history.verdict() == Verdict.LIKELY;
  }

  private static String summary(RunReader.Read read, List<Run> runs, List<History> histories) {
    long flaky = histories.stream().filter(FlakyFinder::isFlaky).count();
    return "%s in %s, from %s to %s: %s."
            .formatted(
                count(histories.size(), "test"),
                count(read.runs().size(), "run"),
                code(read.runs().getFirst().name()),
                code(read.runs().getLast().name()),
                flaky == 1 ? "1 is flaky" : flaky + " are flaky")
        + (runs.size() < read.runs().size()
            ? " %s left out, see below.".formatted(count(read.runs().size() - runs.size(), "run"))
            : "");
  }

  /** How many runs flaky tests made red, and how many of these nothing else did. */
  private static String cost(List<Run> runs, List<History> flaky) {
    Set<String> names = flaky.stream().map(History::test).collect(Collectors.toSet());
    List<Set<String>> red =
        runs.stream()
            .map(Run::failedTests)
            .filter(failed -> failed.stream().anyMatch(names::contains))
            .toList();
    long byChance = red.stream().filter(names::containsAll).count();
    return "Flaky tests made %d of %s red (%s %%); in %d of these nothing else failed."
        .formatted(
            red.size(),
            count(runs.size(), "run"),
            decimal(red.size() * 100.0 / runs.size(), 0),
            byChance);
  }

  private static String table(List<History> flaky) {
    return Markdown.table(
        List.of("Test", "Failed", "Rate, with 95 % certainty", "Turns"),
        flaky.stream().limit(SHOWN_MAX).map(FlakyFinder::row).toList());
  }

  private static List<String> row(History history) {
    return List.of(
        code(history.test()),
        "%d of %d".formatted(history.failures(), history.runs()),
        "%s %% to %s %%"
            .formatted(
                decimal(Wilson.low(history.failures(), history.runs()) * 100, 0),
                decimal(Wilson.high(history.failures(), history.runs()) * 100, 0)),
        Integer.toString(history.flips()));
  }

  private static void fields(
      Report report, RunReader.Read read, List<Run> runs, List<History> histories) {
    Map<String, Integer> verdicts = new TreeMap<>();
    List<Map<String, Object>> tests = new ArrayList<>();
    for (History history : histories) {
      String verdict = history.verdict().name().toLowerCase(Locale.ROOT);
      verdicts.merge(verdict, 1, Integer::sum);
      if (history.verdict() != Verdict.STEADY && tests.size() < FIELDS_MAX) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("test", history.test());
        one.put("verdict", verdict);
        one.put("runs", history.runs());
        one.put("failures", history.failures());
        one.put("turns", history.flips());
        one.put("failed_in", history.failedIn());
        one.put("messages", history.messages());
        tests.add(one);
      }
    }
    report
        .field("runs", read.runs().size())
        .field("runs_left_out", read.runs().size() - runs.size())
        .field("tests", histories.size())
        .field("tests_by_verdict", verdicts)
        .field("tests_not_steady", tests);
  }

  private static void notes(Report report, RunReader.Read read, List<Run> runs) {
    if (runs.stream().allMatch(run -> run.commit().isEmpty())) {
      report.note(
          "No report names the commit it tested (property `git.commit`), so chance and real faults are told"
              + " apart by pattern only.");
    }
    if (!read.unreadable().isEmpty()) {
      report.note(
          "Not read: %s."
              .formatted(
                  String.join("; ", read.unreadable().stream().limit(NAMED_MAX).toList())
                      + (read.unreadable().size() > NAMED_MAX ? " …" : "")));
    }
    if (read.others() > 0) {
      report.note(
          "%s no JUnit report and not read."
              .formatted(count(read.others(), "file") + (read.others() == 1 ? " is" : " are")));
    }
    if (read.cut()) {
      report.note("There is more than can be read at once; give fewer runs.");
    }
    report.note(
        "A folder is a run, in the order of its name. Causes are guesses from the words of the failures.");
  }
}
