package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FakeClockTest {

  @Test
  void instant_untilSet_standsStill() {
    FakeClock clock = new FakeClock();

    assertThat(clock.instant()).isEqualTo(FakeClock.START).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofMinutes(5)))
        .isEqualTo(FakeClock.START.plusSeconds(300))
        .isEqualTo(clock.instant());
    clock.set(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }
}
