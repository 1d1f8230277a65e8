package io.agentos.runtime.redaction;

/**
 * Numbers of payment cards: 13 to 19 digits, in one or in groups with a space or hyphen between,
 * beginning with 2 to 6 (or 15 digits with 1), with the check digit of ISO/IEC 7812; after a word
 * such as "card" also with 12 digits and any first digit.
 */
final class CardNumbers {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;
  private static final int DIGITS_SHORT = 12;
  private static final Words WORDS =
      Words.of(
          "card",
          "cards",
          "cc",
          "visa",
          "mastercard",
          "maestro",
          "amex",
          "credit",
          "debit",
          "karte",
          "kreditkarte",
          "carte",
          "tarjeta",
          "carta",
          "pan");

  private CardNumbers() {}

  /** A number may stand among others, so each run of whole groups is looked at, longest first. */
  static void scan(DigitRow row) {
    int group = 0;
    while (group < row.groups) {
      int last = bounded(row, group) ? lastGroup(row, group) : -1;
      if (last >= 0) {
        row.stretch.add(SensitiveKind.CARD, row.begins[group], row.ends[last]);
        group = last;
      }
      group++;
    }
  }

  private static boolean bounded(DigitRow row, int group) {
    int begin = row.begins[group];
    char before = row.stretch.at(begin - 1);
    return !row.stretch.word(begin - 1) && before != '.';
  }

  /** The last group of the longest number that begins with this one; -1 where none does. */
  private static int lastGroup(DigitRow row, int group) {
    int found = -1;
    int length = 0;
    for (int last = group; last < row.groups; last++) {
      if (last > group) {
        char between = row.between(last - 1);
        if (between != ' ' && between != '-') {
          break;
        }
      }
      length += row.length(last);
      if (length > DIGITS_MAX) {
        break;
      }
      if (length >= DIGITS_SHORT
          && !row.stretch.word(row.ends[last])
          && isCard(row, group, last, length)) {
        found = last;
      }
    }
    return found;
  }

  private static boolean isCard(DigitRow row, int first, int last, int length) {
    String digits = row.digits(first, last, DIGITS_MAX);
    if (!checksOut(digits) || isOneDigit(digits)) {
      return false;
    }
    char begin = digits.charAt(0);
    boolean usual = length >= DIGITS_MIN && begin >= '2' && begin <= '6';
    return usual || (length == 15 && begin == '1') || row.stretch.after(row.begins[first], WORDS);
  }

  private static boolean isOneDigit(String digits) {
    for (int i = 1; i < digits.length(); i++) {
      if (digits.charAt(i) != digits.charAt(0)) {
        return false;
      }
    }
    return true;
  }

  /** The formula of Luhn: every second digit from the right counts double, digit by digit. */
  static boolean checksOut(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }
}
