package io.agentos.server.bench.gateway;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long many things took, in counts of fixed size: within 1/64 of the true value from 64 ns to
 * 18 minutes, which is where longer ones are put. Thread-safe.
 */
final class Latencies {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int MAGNITUDE_MAX = 40;

  private final AtomicLongArray counts =
      new AtomicLongArray((MAGNITUDE_MAX - STEP_BITS + 1) * STEPS);

  void record(long nanos) {
    counts.getAndIncrement(index(Math.clamp(nanos, 0, (1L << MAGNITUDE_MAX) - 1)));
  }

  long count() {
    long count = 0;
    for (int i = 0; i < counts.length(); i++) {
      count += counts.get(i);
    }
    return count;
  }

  /**
   * The time in milliseconds that {@code share} of all took at most; 0 when there are none.
   *
   * @param share above 0, to 1
   */
  double millis(double share) {
    long rank = Math.max(1, (long) Math.ceil(count() * share));
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return middle(i) / 1e6;
      }
    }
    return 0;
  }

  private static int index(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEP_BITS - 1;
    return (shift + 1) * STEPS + (int) (nanos >>> shift) - STEPS;
  }

  private static double middle(int index) {
    if (index < STEPS) {
      return index;
    }
    int shift = index / STEPS - 1;
    double least = (double) ((long) (index % STEPS + STEPS) << shift);
    return least + (1L << shift) / 2.0;
  }
}
