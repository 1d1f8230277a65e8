package io.agentos.runtime.catalogue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the week with a price of their own, all in UTC.
 *
 * @param name how bills name it, such as {@code peak}
 * @param exceptOn dates on which it does not apply, such as holidays
 * @param thousandths what the price is multiplied by, in thousandths; 1,000 with {@code rates}
 * @param rates the rates in these hours; null where the price is multiplied
 */
public record PriceCalendar(
    String name,
    Set<DayOfWeek> days,
    List<Hours> hours,
    Set<LocalDate> exceptOn,
    int thousandths,
    @Nullable Rates rates) {

  /** Minutes of a day, from {@code from}, included, to {@code until}, not included. */
  public record Hours(int from, int until) {
    /** The minutes of a day. */
    static final int DAY = 24 * 60;

    public Hours {
      if (from < 0 || until > DAY || from >= until) {
        throw new IllegalArgumentException("hours are from 0 to %d, forwards".formatted(DAY));
      }
    }
  }

  public PriceCalendar {
    days = Set.copyOf(days);
    hours = List.copyOf(hours);
    exceptOn = Set.copyOf(exceptOn);
  }

  /** Whether it applies at {@code at}. */
  public boolean covers(Instant at) {
    LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    int minute = time.getHour() * 60 + time.getMinute();
    return days.contains(time.getDayOfWeek())
        && !exceptOn.contains(time.toLocalDate())
        && hours.stream().anyMatch(range -> range.from() <= minute && minute < range.until());
  }
}
