package io.agentos.tools.table;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers as people type them: with commas or points between thousands, with a comma or a point
 * before decimals, with a percent sign or a currency around them.
 */
public final class Numbers {
  private static final int LENGTH_MAX = 40;
  private static final Pattern AROUND =
      Pattern.compile("[\\s\\u00A0\\u202F'’%]|[\\p{Sc}]|(?i)\\b(?:EUR|USD|GBP|CHF|NOK|SEK|DKK)\\b");
  private static final Pattern PLAIN = Pattern.compile("[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)");
  private static final Pattern COMMA_GROUPS =
      Pattern.compile("[-+]?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
  private static final Pattern POINT_GROUPS =
      Pattern.compile("[-+]?\\d{1,3}(?:\\.\\d{3})+,\\d+|[-+]?\\d{1,3}(?:\\.\\d{3}){2,}");
  private static final Pattern COMMA_DECIMALS =
      Pattern.compile("[-+]?\\d+,\\d{1,2}|[-+]?\\d+,\\d{4,}");

  private Numbers() {}

  /**
   * The number of a text; empty when it is none. {@code 1,234} is read as a thousand, {@code 1,5}
   * as one and a half; brackets around it, and a minus behind it, make it negative.
   */
  public static Optional<BigDecimal> read(String text) {
    String value = text.strip();
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    boolean negative = value.startsWith("(") && value.endsWith(")");
    value =
        AROUND.matcher(negative ? value.substring(1, value.length() - 1) : value).replaceAll("");
    value = value.replace('\u2212', '-');
    if (value.endsWith("-") || value.endsWith("+")) {
      value = value.charAt(value.length() - 1) + value.substring(0, value.length() - 1);
    }
    Optional<BigDecimal> number = plain(value);
    return negative ? number.map(BigDecimal::negate) : number;
  }

  private static Optional<BigDecimal> plain(String value) {
    if (COMMA_GROUPS.matcher(value).matches()) {
      return Optional.of(new BigDecimal(value.replace(",", "")));
    }
    if (POINT_GROUPS.matcher(value).matches()) {
      return Optional.of(new BigDecimal(value.replace(".", "").replace(',', '.')));
    }
    if (COMMA_DECIMALS.matcher(value).matches()) {
      return Optional.of(new BigDecimal(value.replace(',', '.')));
    }
    return PLAIN.matcher(value).matches() ? Optional.of(new BigDecimal(value)) : Optional.empty();
  }
}
