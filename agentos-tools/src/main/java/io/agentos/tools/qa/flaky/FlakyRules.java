package io.agentos.tools.qa.flaky;

import io.agentos.tools.report.Rule;

/** What the reports of many runs can tell about a test. */
final class FlakyRules {
  static final Rule PROVEN =
      new Rule(
          "flaky",
          "A test fails by chance",
          "It failed and passed on the same code. Its failures tell nothing, and teach people to run again"
              + " until it is green.",
          "");
  static final Rule LIKELY =
      new Rule(
          "flaky-likely",
          "A test probably fails by chance",
          "It went from red to green and back more than once. Without commits in the reports it cannot be told"
              + " from faults that were made and mended.",
          "");
  static final Rule BROKEN =
      new Rule("broken", "A test is broken", "It passed before, and has failed ever since.", "");
  static final Rule ALWAYS =
      new Rule("always-failing", "A test always fails", "Nobody looks any more.", "");
  static final Rule BAD_RUN =
      new Rule(
          "bad-run",
          "A run failed as a whole",
          "So many tests failed at once that the cause lies outside of them. The run is left out of everything"
              + " else here.",
          "");
  static final Rule SLOW =
      new Rule(
          "time-varies",
          "A test takes very different times",
          "It will run into a timeout one day, and then it looks flaky.",
          "");
  static final Rule NEVER =
      new Rule(
          "never-run", "A test is always skipped", "It holds nothing, and looks as if it did.", "");

  private FlakyRules() {}
}
