package io.agentos.runtime.catalogue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody says a model costs, in micros of a US dollar per million tokens. Cache writes cost
 * what input costs.
 */
public record ExplicitPrice(long input, long cacheRead, long output) {
  /** The form in which people write it. */
  public static final String FORM =
      "INPUT/CACHED/OUTPUT in USD per million tokens, each 0 to 1000 with at most 6 decimals, such"
          + " as 2.50/0.25/10";

  private static final Pattern PARTS =
      Pattern.compile(
          "(\\d{1,4}(?:\\.\\d{1,6})?)/(\\d{1,4}(?:\\.\\d{1,6})?)/(\\d{1,4}(?:\\.\\d{1,6})?)");

  public ExplicitPrice {
    rates(input, cacheRead, output);
  }

  /** What {@code text} says in {@link #FORM}; empty when it is not of that form. */
  public static Optional<ExplicitPrice> parse(String text) {
    var parts = PARTS.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long input = micros(parts.group(1));
    long cacheRead = micros(parts.group(2));
    long output = micros(parts.group(3));
    return Math.max(Math.max(input, cacheRead), output) > Rates.MAX
        ? Optional.empty()
        : Optional.of(new ExplicitPrice(input, cacheRead, output));
  }

  Rates rates() {
    return rates(input, cacheRead, output);
  }

  private static Rates rates(long input, long cacheRead, long output) {
    return Rates.of(input, cacheRead, null, null, output);
  }

  private static long micros(String usd) {
    return new BigDecimal(usd).movePointRight(6).longValueExact();
  }
}
