package io.agentos.runtime.budgets;

import java.math.BigDecimal;

/** Micro-dollars as people read them. */
final class Money {
  private static final int DECIMALS = 6;

  private Money() {}

  /** US dollars with all six decimals, such as {@code 12.500000}. */
  static String text(long micros) {
    return BigDecimal.valueOf(micros, DECIMALS).toPlainString();
  }
}
