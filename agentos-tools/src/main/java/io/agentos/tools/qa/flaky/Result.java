package io.agentos.tools.qa.flaky;

/**
 * How a test went in a report, once.
 *
 * @param test class and name
 * @param message of a failure; empty where there is none
 * @param retried whether it failed first and passed when the runner tried again
 */
record Result(String test, Outcome outcome, double seconds, String message, boolean retried) {
  /** How it ended. */
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }
}
