package io.agentos.tools.planning;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Dates of working days, Monday to Friday, from the first day of a plan on. */
record WorkCalendar(LocalDate first) {
  private static final int WEEK = 5;

  /** The calendar from a day such as {@code 2026-03-02}; a weekend moves to the Monday after it. */
  static Optional<WorkCalendar> from(Optional<String> start) {
    return start.map(text -> {
      try {
        LocalDate date = LocalDate.parse(text.strip());
        while (isWeekend(date)) {
          date = date.plusDays(1);
        }
        return new WorkCalendar(date);
      } catch (DateTimeParseException e) {
        throw new AgentOsException(
            ErrorCode.INVALID_INPUT,
            "The start should be a day such as 2026-03-02, and is '%s'."
                .formatted(Printable.line(text, 40)));
      }
    });
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** The day on which a task begins; one that takes no time is on the day that ends before it. */
  LocalDate startOf(long start, long finish) {
    return finish <= start ? finishOf(finish) : day(start / Task.DAY);
  }

  /** The last day of a task that ends at this time. */
  LocalDate finishOf(long finish) {
    return day(Math.max(0, finish - 1) / Task.DAY);
  }

  private LocalDate day(long workingDays) {
    LocalDate date = first.plusWeeks(workingDays / WEEK);
    for (long left = workingDays % WEEK; left > 0; left--) {
      date = date.plusDays(1);
      while (isWeekend(date)) {
        date = date.plusDays(1);
      }
    }
    return date;
  }
}
