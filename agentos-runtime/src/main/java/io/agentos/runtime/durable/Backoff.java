package io.agentos.runtime.durable;

import java.time.Duration;
import java.util.Optional;

/** How long an effect rests before it is tried again. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int DOUBLINGS_MAX = 6;

  private Backoff() {}

  /** What the other side asked for, or twice the last pause; at most a minute. */
  static Duration pause(int attempt, Optional<Duration> asked) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS_MAX));
    Duration pause = asked.filter(wish -> wish.compareTo(doubled) > 0).orElse(doubled);
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
