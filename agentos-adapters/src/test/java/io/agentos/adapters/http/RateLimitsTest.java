package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.RateLimit;
import io.agentos.testkit.FakeClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitsTest {
  @Test
  void read_openAi_isRequestsAndTokens() {
    assertThat(
            read(
                Map.of(
                    "x-ratelimit-limit-requests", "5000",
                    "x-ratelimit-remaining-requests", "4999",
                    "x-ratelimit-reset-requests", "12ms",
                    "x-ratelimit-limit-tokens", "800000",
                    "x-ratelimit-remaining-tokens", "799988",
                    "x-ratelimit-reset-tokens", "1m3.5s")))
        .containsExactly(
            new RateLimit(RateLimit.Kind.REQUESTS, 5_000, 4_999, Duration.ofMillis(12)),
            new RateLimit(RateLimit.Kind.TOKENS, 800_000, 799_988, Duration.ofMillis(63_500)));
  }

  @Test
  void read_anthropic_isAllFourAndCountsFromTheClock() {
    Map<String, String> headers = new HashMap<>();
    for (String kind : List.of("requests", "tokens", "input-tokens", "output-tokens")) {
      headers.put("anthropic-ratelimit-" + kind + "-limit", "100");
      headers.put("anthropic-ratelimit-" + kind + "-remaining", "0");
      headers.put("anthropic-ratelimit-" + kind + "-reset", "2026-11-02T12:00:30Z");
    }

    assertThat(read(headers))
        .containsExactly(
            new RateLimit(RateLimit.Kind.REQUESTS, 100, 0, Duration.ofSeconds(30)),
            new RateLimit(RateLimit.Kind.TOKENS, 100, 0, Duration.ofSeconds(30)),
            new RateLimit(RateLimit.Kind.INPUT_TOKENS, 100, 0, Duration.ofSeconds(30)),
            new RateLimit(RateLimit.Kind.OUTPUT_TOKENS, 100, 0, Duration.ofSeconds(30)));
  }

  @Test
  void read_resetInThePast_isNow() {
    assertThat(
            read(
                Map.of(
                    "anthropic-ratelimit-tokens-limit", "1",
                    "anthropic-ratelimit-tokens-remaining", "1",
                    "anthropic-ratelimit-tokens-reset", "2026-11-02T11:59:59Z")))
        .containsExactly(new RateLimit(RateLimit.Kind.TOKENS, 1, 1, Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({"'', 5, 1s", "-1, 5, 1s", "5, many, 1s", "5, 5, soon", "5, 5, ''", "5.5, 5, 1s"})
  void read_partThatMakesNoSense_isNoLimit(String limit, String left, String reset) {
    assertThat(
            read(
                Map.of(
                    "x-ratelimit-limit-tokens", limit,
                    "x-ratelimit-remaining-tokens", left,
                    "x-ratelimit-reset-tokens", reset)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6ms, PT0.006S",
    "0s, PT0S",
    "1m3.5s, PT1M3.5S",
    "1h2m3s, PT1H2M3S",
    "34.4s, PT34.4S",
    "250us, PT0.00025S",
    "17ns, PT0.000000017S",
    "743h59m59s, PT743H59M59S"
  })
  void duration_ofGo_isRead(String text, Duration duration) {
    assertThat(RateLimits.duration(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "5", "-1s", "1 s", "1d", "9999h", "1e9s", "1.s"})
  void duration_anythingElse_isNone(String text) {
    assertThat(RateLimits.duration(text)).isEmpty();
  }

  private static List<RateLimit> read(Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return RateLimits.read(HttpHeaders.of(all, (_, _) -> true), FakeClock.START);
  }
}
