package io.agentos.server.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as callers write them: RFC 3339, within the years that Postgres and people know. */
final class Times {
  static final int LENGTH_MAX = 40;
  static final String SHAPE =
      "an RFC 3339 time of the years 1970 to 9999, such as 2026-11-01T12:00:00Z";

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Times() {}

  /** The time in a text; empty when it is none. */
  static Optional<Instant> parse(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isBefore(FIRST) || time.isAfter(LAST) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
