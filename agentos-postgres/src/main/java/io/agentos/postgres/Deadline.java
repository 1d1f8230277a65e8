package io.agentos.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A point in time after which waiting is given up. */
record Deadline(long nanoTime) {
  private static final long PAUSE_MILLIS_MIN = 2;
  private static final long PAUSE_MILLIS_MAX = 32;

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  Deadline orIn(Duration wait) {
    Deadline other = in(wait);
    return other.nanoTime - nanoTime < 0 ? other : this;
  }

  /**
   * Waits until a condition holds; true if it came to hold in time. An interrupt does not shorten
   * the wait, which is bounded, for a half-stopped server helps nobody: the flag is set again at
   * the end.
   */
  boolean await(BooleanSupplier condition) {
    boolean interrupted = false;
    long pauseMillis = PAUSE_MILLIS_MIN;
    try {
      while (!condition.getAsBoolean()) {
        if (remaining().isZero()) {
          return false;
        }
        try {
          Thread.sleep(pauseMillis);
          pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
