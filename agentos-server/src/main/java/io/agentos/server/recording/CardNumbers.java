package io.agentos.server.recording;

import io.agentos.runtime.gates.SecretPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of payment cards in texts: 13 to 19 digits, in one or in groups with a space or hyphen
 * between, beginning with 2 to 6, with the check digit of ISO/IEC 7812.
 */
final class CardNumbers {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;

  /** What may hold card numbers; a longer row of digits is looked at in parts. */
  private static final Pattern DIGITS =
      Pattern.compile("(?<![\\w.])[0-9](?:[ -]?[0-9]){12,199}(?!\\w)");

  private CardNumbers() {}

  /** The text without the card numbers in it. */
  static String mask(String text) {
    Matcher digits = DIGITS.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (digits.find()) {
      digits.appendReplacement(masked, Matcher.quoteReplacement(maskGroups(digits.group())));
    }
    return digits.appendTail(masked).toString();
  }

  /** A number may stand among others, so each row of whole groups is looked at, longest first. */
  private static String maskGroups(String text) {
    List<Integer> begins = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (isDigit(text, i) && !isDigit(text, i - 1)) {
        begins.add(i);
      }
      if (isDigit(text, i) && !isDigit(text, i + 1)) {
        ends.add(i + 1);
      }
    }
    StringBuilder masked = new StringBuilder();
    int from = 0;
    for (int group = 0; group < begins.size(); group++) {
      int begin = begins.get(group);
      for (int last = ends.size() - 1; last >= group && begin >= from; last--) {
        if (isCard(text.substring(begin, ends.get(last)))) {
          masked.append(text, from, begin).append(SecretPatterns.redacted("a card number"));
          from = ends.get(last);
        }
      }
    }
    return masked.append(text, from, text.length()).toString();
  }

  private static boolean isCard(String groups) {
    String digits = groups.replaceAll("[ -]", "");
    char first = digits.charAt(0);
    return digits.length() >= DIGITS_MIN
        && digits.length() <= DIGITS_MAX
        && first >= '2'
        && first <= '6'
        && checksOut(digits);
  }

  /** The formula of Luhn: every second digit from the right counts double, digit by digit. */
  private static boolean checksOut(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }

  private static boolean isDigit(String text, int index) {
    return index >= 0
        && index < text.length()
        && text.charAt(index) >= '0'
        && text.charAt(index) <= '9';
  }
}
