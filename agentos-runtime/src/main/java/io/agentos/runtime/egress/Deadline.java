package io.agentos.runtime.egress;

import java.time.Duration;

/** A moment on the monotonic clock by which something must have ended. */
record Deadline(long nanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return left().isNegative() || left().isZero();
  }

  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  /** What is left, and at most so much; at least a millisecond. */
  Duration leftOf(Duration most) {
    Duration left = left();
    Duration least = Duration.ofMillis(1);
    Duration bounded = left.compareTo(most) < 0 ? left : most;
    return bounded.compareTo(least) < 0 ? least : bounded;
  }
}
