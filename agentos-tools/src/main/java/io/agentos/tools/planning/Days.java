package io.agentos.tools.planning;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them. */
final class Days {
  private static final BigDecimal MOST = BigDecimal.valueOf(100_000);
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)\\s*(d|day|days|w|week|weeks|h|hour|hours)?");

  private Days() {}

  /**
   * The time that a text says, in hundredths of a working day of eight hours; a week has five days.
   * Empty when it says none, or more than 100,000 days.
   */
  static Optional<Long> read(String text) {
    Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT).replace(',', '.'));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "d" : matcher.group(2).substring(0, 1);
    BigDecimal factor =
        switch (unit) {
          case "w" -> BigDecimal.valueOf(5);
          case "h" -> new BigDecimal("0.125");
          default -> BigDecimal.ONE;
        };
    BigDecimal days = new BigDecimal(matcher.group(1)).multiply(factor);
    return days.compareTo(MOST) > 0
        ? Optional.empty()
        : Optional.of(
            days.multiply(BigDecimal.valueOf(Task.DAY))
                .setScale(0, RoundingMode.HALF_UP)
                .longValue());
  }

  /** Without needless zeros, such as {@code 2.5}. */
  static String text(long hundredths) {
    BigDecimal days = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
    return days.toPlainString();
  }

  /** With its unit. */
  static String words(long hundredths) {
    return text(hundredths) + (hundredths == Task.DAY ? " day" : " days");
  }

  /** For programs. */
  static BigDecimal number(long hundredths) {
    return new BigDecimal(text(hundredths));
  }
}
