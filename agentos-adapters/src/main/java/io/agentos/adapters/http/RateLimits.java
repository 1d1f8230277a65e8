package io.agentos.adapters.http;

import io.agentos.api.RateLimit;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of an answer say of a provider's limits, in the shapes of OpenAI ({@code
 * x-ratelimit-remaining-tokens}, resets as durations of Go: {@code 6ms}, {@code 1m3.5s}) and of
 * Anthropic ({@code anthropic-ratelimit-tokens-remaining}, resets as times of RFC 3339).
 *
 * <p>A limit is told whole or not at all: one without all three of limit, remaining and reset, or
 * with a part that makes no sense, is left out.
 */
final class RateLimits {
  private static final List<Map.Entry<RateLimit.Kind, String>> OPENAI =
      List.of(
          Map.entry(RateLimit.Kind.REQUESTS, "requests"),
          Map.entry(RateLimit.Kind.TOKENS, "tokens"));
  private static final List<Map.Entry<RateLimit.Kind, String>> ANTHROPIC =
      List.of(
          Map.entry(RateLimit.Kind.REQUESTS, "requests"),
          Map.entry(RateLimit.Kind.TOKENS, "tokens"),
          Map.entry(RateLimit.Kind.INPUT_TOKENS, "input-tokens"),
          Map.entry(RateLimit.Kind.OUTPUT_TOKENS, "output-tokens"));

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");
  private static final Pattern DURATION =
      Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:h|ms|m|s|us|µs|ns)){1,6}");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s|us|µs|ns)");

  /** A reset further away is not believed. */
  private static final Duration RESET_MAX = Duration.ofDays(31);

  private RateLimits() {}

  /** The limits that the headers tell; empty for none. */
  static List<RateLimit> read(HttpHeaders headers, Instant now) {
    List<RateLimit> limits = new ArrayList<>();
    for (Map.Entry<RateLimit.Kind, String> kind : OPENAI) {
      String what = kind.getValue();
      limit(
              kind.getKey(),
              headers.firstValue("x-ratelimit-limit-" + what),
              headers.firstValue("x-ratelimit-remaining-" + what),
              headers.firstValue("x-ratelimit-reset-" + what).flatMap(RateLimits::duration))
          .ifPresent(limits::add);
    }
    for (Map.Entry<RateLimit.Kind, String> kind : ANTHROPIC) {
      String prefix = "anthropic-ratelimit-" + kind.getValue();
      limit(
              kind.getKey(),
              headers.firstValue(prefix + "-limit"),
              headers.firstValue(prefix + "-remaining"),
              headers.firstValue(prefix + "-reset").flatMap(text -> until(text, now)))
          .ifPresent(limits::add);
    }
    return limits;
  }

  /** A duration as Go writes it, which is also Google's {@code 34.4s}; empty when it is none. */
  static Optional<Duration> duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unitNanos(parts.group(2))));
    }
    BigDecimal max = BigDecimal.valueOf(RESET_MAX.toSeconds()).movePointRight(9);
    return nanos.compareTo(max) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  private static BigDecimal unitNanos(String unit) {
    return switch (unit) {
      case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
      case "m" -> BigDecimal.valueOf(60_000_000_000L);
      case "s" -> BigDecimal.valueOf(1_000_000_000);
      case "ms" -> BigDecimal.valueOf(1_000_000);
      case "ns" -> BigDecimal.ONE;
      default -> BigDecimal.valueOf(1_000);
    };
  }

  /** The time until a moment; nothing left when it is past. */
  private static Optional<Duration> until(String time, Instant now) {
    try {
      Duration left = Duration.between(now, Instant.parse(time));
      return left.compareTo(RESET_MAX) > 0
          ? Optional.empty()
          : Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<RateLimit> limit(
      RateLimit.Kind kind,
      Optional<String> limit,
      Optional<String> left,
      Optional<Duration> reset) {
    return limit
        .filter(text -> COUNT.matcher(text).matches())
        .flatMap(max ->
            left.filter(text -> COUNT.matcher(text).matches())
                .flatMap(some ->
                    reset.map(wait ->
                        new RateLimit(kind, Long.parseLong(max), Long.parseLong(some), wait))));
  }
}
