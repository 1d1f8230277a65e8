package io.agentos.tools.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;

/** Numbers as they are shown: six digits, no exponent, no needless zeros. */
final class Numbers {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Numbers() {}

  static String text(double number) {
    if (!Double.isFinite(number)) {
      return "too large";
    }
    BigDecimal rounded = new BigDecimal(number).round(SIX_DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** As a number or a date. */
  static String text(double number, Value.Type type) {
    return type == Value.Type.DATE ? LocalDate.ofEpochDay((long) number).toString() : text(number);
  }
}
