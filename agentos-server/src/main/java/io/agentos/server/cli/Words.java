package io.agentos.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How numbers are told to people. */
final class Words {
  private static final long USD_MICROS = 1_000_000;

  private Words() {}

  /** A length of time, such as {@code 12 ms}, {@code 3.4 s} or {@code 2 min 05 s}. */
  static String time(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      return Math.max(0, length.toMillis()) + " ms";
    }
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }
    if (length.compareTo(Duration.ofHours(1)) < 0) {
      return String.format(
          Locale.ROOT, "%d min %02d s", length.toMinutes(), length.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%d h %02d min", length.toHours(), length.toMinutesPart());
  }

  /** Money, with as many decimals as tell something. */
  static String money(long usdMicros) {
    if (usdMicros == 0) {
      return "$0";
    }
    String format = usdMicros < USD_MICROS ? "$%.4f" : "$%.2f";
    return usdMicros < 100
        ? "<$0.0001"
        : String.format(Locale.ROOT, format, (double) usdMicros / USD_MICROS);
  }

  /** Money to the micro-dollar, such as {@code $1,234.567890}: for bills. */
  static String exactMoney(long usdMicros) {
    return String.format(Locale.ROOT, "$%,d.%06d", usdMicros / USD_MICROS, usdMicros % USD_MICROS);
  }

  /** Money with as many decimals as it has, at least two, such as {@code $0.0028}: for prices. */
  static String price(long usdMicros) {
    String exact = exactMoney(usdMicros);
    int end = exact.length();
    while (exact.charAt(end - 1) == '0' && end > exact.indexOf('.') + 3) {
      end--;
    }
    return exact.substring(0, end);
  }

  /** A number with its thousands apart, such as {@code 1,050,000}. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A time as it stands in JSON, to the second. */
  static String instant(String time) {
    return time.isEmpty() ? "" : Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How many of something, such as {@code 1 tool call} or {@code 2 tool calls}. */
  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
