package io.agentos.runtime.budgets;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** How long a budget lasts before it is whole again. Days and months are those of UTC. */
public enum Period {
  /** For ever. */
  NONE,
  DAY,
  MONTH;

  /** The name in JSON and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The period of this name. */
  public static Period of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** When the period that began at {@code start} ends; empty when it never does. */
  public Optional<Instant> end(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return switch (this) {
      case NONE -> Optional.empty();
      case DAY -> Optional.of(midnight(day.plusDays(1)));
      case MONTH -> Optional.of(midnight(day.plusMonths(1)));
    };
  }

  /** What people call the period that began at {@code start}, such as {@code 2026-11}. */
  public String label(Instant start) {
    String day = LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
    return switch (this) {
      case NONE -> "all time";
      case DAY -> day;
      case MONTH -> day.substring(0, day.lastIndexOf('-'));
    };
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
