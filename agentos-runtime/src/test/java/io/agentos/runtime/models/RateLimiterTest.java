package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.RateLimit;
import io.agentos.api.RateLimit.Kind;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeClock clock = new FakeClock();
  private final AtomicInteger asked = new AtomicInteger();
  private long used;

  private final Windows windows =
      (provider, model, kind, size, amount) -> {
        asked.incrementAndGet();
        if (used + amount > size) {
          return new Windows.Taken(false, Duration.ofSeconds(40));
        }
        used += amount;
        return new Windows.Taken(true, MINUTE);
      };

  private final RateLimiter limiter = new RateLimiter(windows, clock);
  private final Candidate candidate =
      new Candidates(
              List.of(Models.configured(ScriptedProvider.ofTurns("a", List.of()), "m")),
              Models.catalogue("a/m"))
          .named("a/m")
          .orElseThrow();

  @Test
  void take_limitUnknown_holdsNobodyBack() {
    for (int i = 0; i < 1_000; i++) {
      limiter.take(candidate, 1_000_000, 1_000_000);
    }

    assertThat(asked).hasValue(0);
  }

  @Test
  void take_asksForAShareAtATime() {
    learn(Kind.REQUESTS, 1_000, 1_000);

    for (int i = 0; i < 1_000; i++) {
      limiter.take(candidate, 1, 1);
    }

    assertThat(asked).hasValue(RateLimiter.SHARES);
    assertThatThrownBy(() -> limiter.take(candidate, 1, 1))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_LIMITED);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(40));
            })
        .hasMessage("The limit of requests for a/m is used up; it is whole again in PT40S.");
  }

  @Test
  void take_aShareIsGoodForItsMinuteOnly() {
    learn(Kind.REQUESTS, 100, 100);
    limiter.take(candidate, 1, 1);
    used = 0;

    clock.advance(MINUTE);
    limiter.take(candidate, 1, 1);

    assertThat(asked).hasValue(2);
    assertThat(used).isEqualTo(5);
  }

  @Test
  void take_tooLittleForAShare_takesWhatTheCallNeeds() {
    learn(Kind.TOKENS, 1_000, 1_000);
    used = 990;

    limiter.take(candidate, 6, 4);

    assertThat(used).isEqualTo(1_000);
  }

  @Test
  void take_oneLimitRefused_givesTheOthersBack() {
    learn(Kind.REQUESTS, 1_000_000, 1_000_000);
    learn(Kind.TOKENS, 100, 0, Duration.ofSeconds(7));

    assertThatThrownBy(() -> limiter.take(candidate, 6, 4))
        .hasMessage("The limit of tokens for a/m is used up; it is whole again in PT7S.");
    int before = asked.get();
    clock.advance(Duration.ofSeconds(7));
    used = 0;
    limiter.take(candidate, 6, 4);

    assertThat(asked.get()).isEqualTo(before + 1);
  }

  @Test
  void learn_remainingOfTheProviderCounts() {
    learn(Kind.REQUESTS, 1_000, 1_000);
    limiter.take(candidate, 1, 1);
    learn(Kind.REQUESTS, 1_000, 1);

    limiter.take(candidate, 1, 1);
    assertThat(asked).hasValue(1);
    limiter.take(candidate, 1, 1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void learn_emptyForHours_isBelievedForMinutes() {
    learn(Kind.REQUESTS, 10, 0, Duration.ofHours(9));

    assertThatThrownBy(() -> limiter.take(candidate, 1, 1))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> assertThat(e.retryAfter()).contains(RateLimiter.PAUSE_MAX));
  }

  @Test
  void take_aCallLargerThanTheLimit_isLetThroughWhenAllIsFree() {
    learn(Kind.TOKENS, 100, 100);

    limiter.take(candidate, 5_000, 5_000);

    assertThat(used).isEqualTo(100);
  }

  private void learn(Kind kind, long limit, long remaining) {
    learn(kind, limit, remaining, MINUTE);
  }

  private void learn(Kind kind, long limit, long remaining, Duration reset) {
    limiter.learn(candidate, List.of(new RateLimit(kind, limit, remaining, reset)));
  }
}
