package io.agentos.tools.finance.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * One entry of a table.
 *
 * @param amount to the cent, as written; its sign may have been turned
 * @param currency empty where the table has none
 * @param reference in capitals, without blanks, marks and leading zeros; empty where there is none
 * @param text what else the row says
 */
record Entry(
    String source,
    int line,
    LocalDate date,
    BigDecimal amount,
    String currency,
    String reference,
    String text) {

  Entry turned() {
    return new Entry(source, line, date, amount.negate(), currency, reference, text);
  }

  /** What must be the same to the cent. */
  String amountKey() {
    return currency + " " + plain(amount);
  }

  String shown() {
    return currency.isEmpty() ? money(amount) : money(amount) + " " + currency;
  }

  static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  /** With two decimals, or more where there are more. */
  static String money(BigDecimal amount) {
    BigDecimal least = amount.stripTrailingZeros();
    return least.setScale(Math.max(2, least.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
