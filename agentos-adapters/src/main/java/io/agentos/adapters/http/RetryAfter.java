package io.agentos.adapters.http;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long a provider asks to wait before the next call.
 *
 * <p>Read from {@code retry-after-ms}, then from {@code Retry-After} (RFC 9110, section 10.2.3) in
 * seconds, with a fraction too, or as a date. Only errors are asked: some providers send it with
 * good answers.
 */
final class RetryAfter {
  /** The longest wait that is believed. */
  static final Duration MAX = Duration.ofHours(1);

  private static final int NUMBER_LENGTH_MAX = 20;

  private RetryAfter() {}

  /**
   * The wait, up to {@link #MAX}; empty when the headers name none that can be understood, or one
   * that is over already.
   */
  static Optional<Duration> read(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(text -> millis(text, 1))
        .or(() -> headers.firstValue("retry-after").flatMap(text -> millis(text, 1_000)))
        .or(() -> headers.firstValue("retry-after").flatMap(text -> until(text, now)))
        .filter(wait -> wait.isPositive())
        .map(wait -> wait.compareTo(MAX) > 0 ? MAX : wait);
  }

  private static Optional<Duration> millis(String text, long unitMillis) {
    if (text.length() > NUMBER_LENGTH_MAX || !text.strip().matches("[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    BigDecimal millis = new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(unitMillis));
    return Optional.of(
        Duration.ofMillis(millis.min(BigDecimal.valueOf(MAX.toMillis())).longValue()));
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then =
          ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
