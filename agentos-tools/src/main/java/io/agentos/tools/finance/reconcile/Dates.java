package io.agentos.tools.finance.reconcile;

import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the dates of one column, all in the same order of day and month. */
final class Dates {
  private static final Pattern ISO =
      Pattern.compile("(\\d{4})[-/.]?(\\d{2})[-/.]?(\\d{2})(?:[T ].{0,30})?");
  private static final Pattern MIXED =
      Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})(?: .{0,20})?");
  private static final Pattern WORDS =
      Pattern.compile("(\\d{1,2})[. -]+([A-Za-z]{3,9})\\.?[ ,-]+(\\d{4})");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private final boolean monthFirst;

  private Dates(boolean monthFirst) {
    this.monthFirst = monthFirst;
  }

  /**
   * Finds out whether days or months come first.
   *
   * @param asked {@code dmy}, {@code mdy}, or empty to find out
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when the column does not tell
   */
  static Dates of(String name, List<String> column, String asked) {
    if (!asked.isEmpty()) {
      return new Dates(asked.equals("mdy"));
    }
    boolean dayFirst = false;
    boolean monthFirst = false;
    Optional<String> doubtful = Optional.empty();
    for (String cell : column) {
      Matcher mixed = MIXED.matcher(cell.strip());
      if (mixed.matches()) {
        int first = Integer.parseInt(mixed.group(1));
        int second = Integer.parseInt(mixed.group(2));
        boolean points = cell.contains(".");
        dayFirst |= first > 12 || points;
        monthFirst |= second > 12 && first <= 12;
        doubtful = first != second && doubtful.isEmpty() ? Optional.of(cell.strip()) : doubtful;
      }
    }
    if (dayFirst && monthFirst) {
      throw GivenTexts.wrong(
          "%s has dates with the day first and dates with the month first. Write them all as 2026-05-31."
              .formatted(name));
    }
    if (!dayFirst && !monthFirst && doubtful.isPresent()) {
      throw GivenTexts.wrong(
          "%s has dates such as %s, which can be read in two ways. Say date_format dmy or mdy."
              .formatted(name, Markdown.code(doubtful.get())));
    }
    return new Dates(monthFirst);
  }

  Optional<LocalDate> read(String cell) {
    String text = cell.strip();
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      return date(iso.group(1), iso.group(2), iso.group(3));
    }
    Matcher mixed = MIXED.matcher(text);
    if (mixed.matches()) {
      String year = mixed.group(3).length() == 2 ? "20" + mixed.group(3) : mixed.group(3);
      return monthFirst
          ? date(year, mixed.group(1), mixed.group(2))
          : date(year, mixed.group(2), mixed.group(1));
    }
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      int month = MONTHS.indexOf(words.group(2).substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
      return date(words.group(3), Integer.toString(month), words.group(1));
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> date(String year, String month, String day) {
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
