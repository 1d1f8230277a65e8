package io.agentos.tools.mcp;

import java.time.Duration;

/**
 * When a server that broke may be started again: after a second, then twice as long each time, up
 * to five minutes. Guarded by its owner's lock.
 */
final class Restarts {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 9;

  private int failures;
  private long notBeforeNanos = System.nanoTime();

  /** How long to wait before the next start; zero for none. */
  Duration rest() {
    long left = notBeforeNanos - System.nanoTime();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** It broke, or did not start. */
  void failed() {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
    Duration rest = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    failures++;
    notBeforeNanos = System.nanoTime() + rest.toNanos();
  }

  /** It answered a call. */
  void succeeded() {
    failures = 0;
  }
}
