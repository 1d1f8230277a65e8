package io.agentos.tools.qa.flaky;

import io.agentos.tools.qa.flaky.Result.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How one test went in all runs, in their order. Owned by one thread. */
final class History {
  /** What a history tells. */
  enum Verdict {
    /** It failed and passed on the same code. */
    PROVEN,
    /** It failed and passed again without a pattern. */
    LIKELY,
    /** It fails since some run, and always from then on. */
    BROKEN,
    /** It failed in each run. */
    ALWAYS_FAILED,
    /** It failed up to some run, and never after. */
    MENDED,
    NEVER_RUN,
    STEADY
  }

  private record Entry(Run run, boolean failed, boolean both, double seconds, String message) {}

  private final String test;
  private final List<Entry> entries = new ArrayList<>();
  private int skipped;

  History(String test) {
    this.test = test;
  }

  void add(Run run, List<Result> results) {
    List<Result> executed =
        results.stream().filter(one -> one.outcome() != Outcome.SKIPPED).toList();
    if (executed.isEmpty()) {
      skipped++;
      return;
    }
    boolean failed = executed.stream().anyMatch(one -> one.outcome() == Outcome.FAILED);
    boolean passed = executed.stream().anyMatch(one -> one.outcome() == Outcome.PASSED);
    boolean retried = executed.stream().anyMatch(Result::retried);
    String message =
        executed.stream().map(Result::message).filter(one -> !one.isEmpty()).findFirst().orElse("");
    double seconds = executed.stream().mapToDouble(Result::seconds).sum();
    entries.add(new Entry(run, failed || retried, (failed && passed) || retried, seconds, message));
  }

  String test() {
    return test;
  }

  int runs() {
    return entries.size();
  }

  int skipped() {
    return skipped;
  }

  int failures() {
    return (int) entries.stream().filter(Entry::failed).count();
  }

  /** Names of the runs in which it failed. */
  List<String> failedIn() {
    return entries.stream().filter(Entry::failed).map(entry -> entry.run().name()).toList();
  }

  Verdict verdict() {
    if (entries.isEmpty()) {
      return Verdict.NEVER_RUN;
    }
    int failures = failures();
    if (failures == 0) {
      return Verdict.STEADY;
    }
    if (entries.stream().anyMatch(Entry::both) || !sameCode().isEmpty()) {
      return Verdict.PROVEN;
    }
    if (failures == entries.size()) {
      return Verdict.ALWAYS_FAILED;
    }
    if (flips() > 1) {
      return Verdict.LIKELY;
    }
    return entries.getLast().failed() ? Verdict.BROKEN : Verdict.MENDED;
  }

  /** How often it went from passing to failing or back. */
  int flips() {
    int flips = 0;
    for (int i = 1; i < entries.size(); i++) {
      flips += entries.get(i).failed() == entries.get(i - 1).failed() ? 0 : 1;
    }
    return flips;
  }

  /** The commits on which it both failed and passed. */
  Set<String> sameCode() {
    Set<String> failed = new HashSet<>();
    Set<String> passed = new HashSet<>();
    Set<String> both = new LinkedHashSet<>();
    for (Entry entry : entries) {
      String commit = entry.run().commit();
      if (!commit.isEmpty()) {
        (entry.failed() ? failed : passed).add(commit);
        if (failed.contains(commit) && passed.contains(commit)) {
          both.add(commit);
        }
      }
    }
    return both;
  }

  /** Whether it failed and passed within one run. */
  boolean bothInOneRun() {
    return entries.stream().anyMatch(Entry::both);
  }

  /** The first run of those at the end in which it failed. */
  String brokenSince() {
    String since = "";
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).failed(); i--) {
      since = entries.get(i).run().name();
    }
    return since;
  }

  /** The messages of its failures, each kind once. */
  List<String> messages() {
    Set<String> seen = new HashSet<>();
    return entries.stream()
        .filter(Entry::failed)
        .map(Entry::message)
        .filter(message -> !message.isEmpty() && seen.add(Causes.signature(message)))
        .toList();
  }

  double medianSeconds() {
    List<Double> sorted = entries.stream().map(Entry::seconds).sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  double longestSeconds() {
    return entries.stream().mapToDouble(Entry::seconds).max().orElse(0);
  }

  double failureRate() {
    return entries.isEmpty() ? 0 : failures() / (double) entries.size();
  }
}
