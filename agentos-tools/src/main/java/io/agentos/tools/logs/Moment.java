package io.agentos.tools.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an entry was written.
 *
 * @param at without a zone it counts as UTC, without a year as the year 2000
 * @param text as it stands in the log
 * @param end index behind it in the line
 */
record Moment(Instant at, String text, int end) {
  private static final int YEAR_UNKNOWN = 2000;
  private static final int LOOKED_AT = 80;
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?"
              + "(?: ?(Z|[+-]\\d\\d:?\\d\\d))?");
  private static final Pattern SYSLOG =
      Pattern.compile("\\b([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d)");
  private static final Pattern ACCESS =
      Pattern.compile(
          "(\\d\\d)/([A-Z][a-z]{2})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)(?: ([+-]\\d{4}))?");
  private static final Pattern KLOG =
      Pattern.compile("^[FEWID](\\d\\d)(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)");

  /** The moment at the head of a line; empty when there is none that is one. */
  static Optional<Moment> in(String line) {
    String head = line.substring(0, Math.min(LOOKED_AT, line.length()));
    try {
      Matcher iso = ISO.matcher(head);
      if (iso.find()) {
        return Optional.of(
            moment(iso, time(iso, 1, 2, 3).withNano(nanos(iso.group(7))), offset(iso.group(8))));
      }
      Matcher access = ACCESS.matcher(head);
      if (access.find()) {
        int month = 1 + MONTHS.indexOf(access.group(2));
        LocalDateTime local =
            LocalDateTime.of(
                number(access, 3),
                month,
                number(access, 1),
                number(access, 4),
                number(access, 5),
                number(access, 6));
        return Optional.of(moment(access, local, offset(access.group(7))));
      }
      return withoutYear(head);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Moment> withoutYear(String head) {
    Matcher klog = KLOG.matcher(head);
    if (klog.find()) {
      LocalDateTime local =
          LocalDateTime.of(
              YEAR_UNKNOWN,
              number(klog, 1),
              number(klog, 2),
              number(klog, 3),
              number(klog, 4),
              number(klog, 5));
      return Optional.of(moment(klog, local, ZoneOffset.UTC));
    }
    Matcher syslog = SYSLOG.matcher(head);
    if (syslog.find()) {
      int month = 1 + MONTHS.indexOf(syslog.group(1));
      LocalDateTime local =
          LocalDateTime.of(
              YEAR_UNKNOWN,
              month,
              number(syslog, 2),
              number(syslog, 3),
              number(syslog, 4),
              number(syslog, 5));
      return Optional.of(moment(syslog, local, ZoneOffset.UTC));
    }
    return Optional.empty();
  }

  /** As it stands in the log, without parts of a second. */
  String brief() {
    return text.replaceFirst("[.,]\\d{1,9}", "");
  }

  /** The time of day alone. */
  String clock() {
    Matcher clock = CLOCK.matcher(text);
    return clock.find() ? clock.group() : brief();
  }

  private static Moment moment(Matcher matcher, LocalDateTime local, ZoneOffset offset) {
    return new Moment(local.toInstant(offset), matcher.group(), matcher.end());
  }

  private static LocalDateTime time(Matcher matcher, int year, int month, int day) {
    return LocalDateTime.of(
        number(matcher, year),
        number(matcher, month),
        number(matcher, day),
        number(matcher, 4),
        number(matcher, 5),
        number(matcher, 6));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
  }

  private static ZoneOffset offset(@Nullable String text) {
    return text == null || text.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(text);
  }
}
