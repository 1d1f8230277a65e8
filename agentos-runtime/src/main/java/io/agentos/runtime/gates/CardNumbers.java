package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of payment cards in texts: 13 to 19 digits, in one or in groups with a space or hyphen
 * between, beginning with 2 to 6, with the check digit of ISO/IEC 7812.
 *
 * <p>Thread-safe; its time grows with the text and no faster.
 */
public final class CardNumbers {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;

  /** What may hold card numbers; a longer row of digits is looked at in parts. */
  private static final Pattern DIGITS =
      Pattern.compile("(?<![\\w.])[0-9](?:[ -]?[0-9]){12,199}(?!\\w)");

  private CardNumbers() {}

  /** The text with each card number replaced by what it is. */
  public static String mask(String text) {
    Matcher digits = DIGITS.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (digits.find()) {
      digits.appendReplacement(masked, Matcher.quoteReplacement(maskGroups(digits.group())));
    }
    return digits.appendTail(masked).toString();
  }

  /** The card numbers in a text, digits only. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    Matcher digits = DIGITS.matcher(text);
    while (digits.find()) {
      String groups = digits.group();
      cards(groups).forEach(card -> found.add(digits(groups.substring(card.begin(), card.end()))));
    }
    return found;
  }

  /** Where a card number stands within a row of groups. */
  private record Range(int begin, int end) {}

  private static String maskGroups(String text) {
    StringBuilder masked = new StringBuilder();
    int from = 0;
    for (Range card : cards(text)) {
      masked.append(text, from, card.begin()).append(SecretPatterns.redacted("a card number"));
      from = card.end();
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** A number may stand among others, so each row of whole groups is looked at, longest first. */
  private static List<Range> cards(String text) {
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
    List<Range> cards = new ArrayList<>();
    int from = 0;
    for (int group = 0; group < begins.size(); group++) {
      int begin = begins.get(group);
      char first = text.charAt(begin);
      if (begin < from || first < '2' || first > '6') {
        continue;
      }
      int end = cardEnd(text, begin, ends, group);
      if (end > begin) {
        cards.add(new Range(begin, end));
        from = end;
      }
    }
    return cards;
  }

  /** Where the longest number ends that begins here, with a group; 0 where none does. */
  private static int cardEnd(String text, int begin, List<Integer> ends, int group) {
    StringBuilder digits = new StringBuilder(DIGITS_MAX);
    int found = 0;
    int from = begin;
    for (int last = group; last < ends.size() && digits.length() < DIGITS_MAX; last++) {
      for (int i = from; i < ends.get(last) && digits.length() <= DIGITS_MAX; i++) {
        if (isDigit(text, i)) {
          digits.append(text.charAt(i));
        }
      }
      from = ends.get(last);
      if (digits.length() >= DIGITS_MIN && digits.length() <= DIGITS_MAX && checksOut(digits)) {
        found = from;
      }
    }
    return found;
  }

  private static String digits(String groups) {
    StringBuilder digits = new StringBuilder(groups.length());
    groups.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /** The formula of Luhn: every second digit from the right counts double, digit by digit. */
  private static boolean checksOut(CharSequence digits) {
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
