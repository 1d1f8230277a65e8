package io.agentos.tools.http;

import java.time.Duration;

/** An end by a clock that nobody sets. */
record Deadline(long nanoTime) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** At least a millisecond, in which a call can say that it took too long. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }
}
