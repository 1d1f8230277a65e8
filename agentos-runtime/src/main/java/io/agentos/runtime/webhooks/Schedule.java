package io.agentos.runtime.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again: 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 6 h,
 * 10 h after the attempt before, each up to a fifth longer; eleven attempts over a day.
 */
final class Schedule {
  /** How far a receiver's Retry-After can put the next attempt off. */
  static final Duration RETRY_AFTER_MAX = Duration.ofHours(6);

  private static final double JITTER = 0.2;
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(10));

  static final int ATTEMPTS_MAX = DELAYS.size() + 1;

  private Schedule() {}

  /**
   * How long to wait after an attempt; empty after the last.
   *
   * @param attempt from 1
   * @param retryAfter what the receiver asked for; zero for nothing
   */
  static Optional<Duration> after(int attempt, Duration retryAfter, RandomGenerator random) {
    if (attempt > DELAYS.size()) {
      return Optional.empty();
    }
    Duration delay = DELAYS.get(Math.max(0, attempt - 1));
    Duration jittered = delay.plusMillis((long) (delay.toMillis() * JITTER * random.nextDouble()));
    Duration asked = retryAfter.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : retryAfter;
    return Optional.of(asked.compareTo(jittered) > 0 ? asked : jittered);
  }
}
