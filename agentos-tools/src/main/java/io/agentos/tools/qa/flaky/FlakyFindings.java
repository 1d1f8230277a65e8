package io.agentos.tools.qa.flaky;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.decimal;

import io.agentos.tools.qa.flaky.History.Verdict;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be said about each test. Owned by one thread. */
final class FlakyFindings {
  private static final double SLOW_SECONDS = 1;
  private static final double SLOW_TIMES = 5;
  private static final int RUNS_MIN = 4;
  private static final int NAMED_MAX = 6;

  private final List<Run> bad;
  private final List<Finding> findings = new ArrayList<>();

  FlakyFindings(List<Run> bad) {
    this.bad = bad;
  }

  List<Finding> of(List<History> histories) {
    Map<String, List<String>> together = new HashMap<>();
    for (History history : histories) {
      if (FlakyFinder.isFlaky(history) && history.failures() > 1) {
        together
            .computeIfAbsent(history.failedIn().toString(), none -> new ArrayList<>())
            .add(history.test());
      }
    }
    histories.forEach(history -> verdict(history, together));
    for (Run run : bad) {
      add(
          FlakyRules.BAD_RUN,
          Severity.MEDIUM,
          run.name(),
          "%d of %d tests failed.".formatted(run.failed(), run.executed()),
          "Look for what the machine, the network or the build did then.");
    }
    histories.forEach(this::time);
    return findings;
  }

  private void verdict(History history, Map<String, List<String>> together) {
    String test = history.test();
    switch (history.verdict()) {
      case PROVEN -> proven(history, together);
      case LIKELY ->
          add(
              FlakyRules.LIKELY,
              history.failures() > 1 ? Severity.MEDIUM : Severity.LOW,
              test,
              "It f" + story(history, together).substring(1),
              mend(history));
      case BROKEN ->
          add(
              FlakyRules.BROKEN,
              Severity.HIGH,
              test,
              "It fails since %s.%s".formatted(code(history.brokenSince()), said(history)),
              "Look at what changed just before that run.");
      case ALWAYS_FAILED ->
          add(
              FlakyRules.ALWAYS,
              Severity.MEDIUM,
              test,
              "It failed in all %d runs.%s".formatted(history.runs(), said(history)),
              "Mend it, or delete it.");
      case NEVER_RUN ->
          add(
              FlakyRules.NEVER,
              Severity.LOW,
              test,
              "It was skipped in all %d runs.".formatted(history.skipped()),
              "Switch it on, or delete it.");
      case MENDED, STEADY -> {
        // Nothing to do.
      }
    }
  }

  private void proven(History history, Map<String, List<String>> together) {
    String how =
        history.bothInOneRun()
            ? "It failed and passed within one run"
            : "It failed and passed on %s".formatted(code(String.join(", ", history.sameCode())));
    add(
        FlakyRules.PROVEN,
        Severity.HIGH,
        history.test(),
        how + "; " + story(history, together),
        mend(history));
  }

  private static String story(History history, Map<String, List<String>> together) {
    List<String> failed = history.failedIn();
    List<String> named = failed.stream().limit(NAMED_MAX).map(name -> code(name)).toList();
    String more =
        failed.size() > NAMED_MAX ? " and %d more".formatted(failed.size() - NAMED_MAX) : "";
    List<String> others =
        together.getOrDefault(failed.toString(), List.of()).stream()
            .filter(other -> !other.equals(history.test()))
            .toList();
    String with =
        others.isEmpty()
            ? ""
            : " It fails together with %s%s, so look for one cause."
                .formatted(
                    code(others.getFirst()),
                    others.size() > 1 ? " and %d others".formatted(others.size() - 1) : "");
    return "failed in %d of %d runs: %s%s.%s%s"
        .formatted(failed.size(), history.runs(), Markdown.list(named), more, said(history), with);
  }

  private static String said(History history) {
    List<String> messages = history.messages();
    if (messages.isEmpty()) {
      return "";
    }
    String kinds =
        messages.size() == 1 ? "" : ", and %d other messages".formatted(messages.size() - 1);
    String cause = Causes.words(messages.getFirst());
    return " It said %s%s.%s"
        .formatted(code(messages.getFirst()), kinds, cause.isEmpty() ? "" : " " + cause);
  }

  private static String mend(History history) {
    String first = history.messages().stream().findFirst().orElse("");
    return Causes.mend(first) + " Until then, take it out of what blocks a merge.";
  }

  private void time(History history) {
    double median = history.medianSeconds();
    double longest = history.longestSeconds();
    if (history.runs() >= RUNS_MIN
        && history.verdict() != Verdict.NEVER_RUN
        && longest >= SLOW_SECONDS
        && longest > SLOW_TIMES * Math.max(0.01, median)) {
      add(
          FlakyRules.SLOW,
          Severity.LOW,
          history.test(),
          "It takes %s s in the middle, and once took %s s."
              .formatted(decimal(median, 2), decimal(longest, 2)),
          "Find out what it waited for.");
    }
  }

  private void add(Rule rule, Severity severity, String target, String what, String fix) {
    findings.add(new Finding(rule, severity, new Place("", 0, target), what, fix));
  }
}
