package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private Optional<Duration> after(int attempt, Duration retryAfter) {
    return Schedule.after(attempt, retryAfter, random);
  }

  @Test
  void after_allAttempts_coverADay() {
    Duration least = Duration.ZERO;
    for (int attempt = 1; attempt < Schedule.ATTEMPTS_MAX; attempt++) {
      Duration wait = after(attempt, Duration.ZERO).orElseThrow();
      least = least.plus(wait);
    }
    assertThat(least).isBetween(Duration.ofHours(23), Duration.ofHours(29));
    assertThat(after(Schedule.ATTEMPTS_MAX, Duration.ZERO)).isEmpty();
  }

  @Test
  void after_jitter_isUpToAFifth() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(after(1, Duration.ZERO).orElseThrow())
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }
  }

  @Test
  void after_retryAfter_isHonouredWithinBounds() {
    assertThat(after(1, Duration.ofMinutes(9))).contains(Duration.ofMinutes(9));
    assertThat(after(1, Duration.ofDays(900))).contains(Duration.ofHours(6));
    assertThat(after(5, Duration.ofSeconds(1)).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(30));
  }
}
