package io.agentos.runtime.redaction;

import java.util.regex.Pattern;

/**
 * Numbers that states give to people and that hold letters: Spain (NIF, NIE), Italy, the United
 * Kingdom, Finland, Singapore, India (PAN) and China, each with the checksum it has.
 */
final class LetterIds {
  private static final int LENGTH_MIN = 9;
  private static final int LENGTH_MAX = 20;

  /** The only length of a number that may have digits alone. */
  private static final int CHINESE = 18;

  private static final String NIF = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  /** Of one short word each, so that their cost is bounded. */
  private static final Pattern UNITED_KINGDOM =
      Pattern.compile("(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]");

  private static final Pattern FINLAND =
      Pattern.compile(
          "(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Y][0-9]{3}[0-9A-Y]");
  private static final Pattern ITALY =
      Pattern.compile("[A-Z]{6}[0-9L-V]{2}[A-EHLMPRST][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]");
  private static final Pattern SPAIN = Pattern.compile("(?:[0-9]{7,8}|[XYZ][0-9]{7})-?[A-Z]");
  private static final Pattern SINGAPORE = Pattern.compile("[STFGM][0-9]{7}[A-Z]");
  private static final Pattern INDIA = Pattern.compile("[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]");
  private static final Pattern CHINA = Pattern.compile("[1-9][0-9]{16}[0-9X]");

  private LetterIds() {}

  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i < stretch.to) {
      if (!Stretch.alphanumeric(stretch.text.charAt(i)) || stretch.word(i - 1)) {
        i++;
        continue;
      }
      int digits = 0;
      int end = i;
      while (end < stretch.to && inWord(stretch.text.charAt(end))) {
        digits += Ascii.is(stretch.text.charAt(end), Ascii.DIGIT) ? 1 : 0;
        end++;
      }
      int length = end - i;
      if (digits >= 5 && length >= LENGTH_MIN - 1 && length <= LENGTH_MAX) {
        if (digits == length && digits != CHINESE) {
          i = end;
          continue;
        }
        String word = stretch.text.substring(i, end).toUpperCase(java.util.Locale.ROOT);
        if (!stretch.word(end) && isId(word)) {
          stretch.add(SensitiveKind.NATIONAL_ID, i, end);
        }
      } else if (length == 2 && (stretch.digit(end) || stretch.digit(end + 1))) {
        spaced(stretch, i);
      }
      i = Math.max(end, i + 1);
    }
  }

  /** A British number is often written as QQ 12 34 56 C. */
  private static void spaced(Stretch stretch, int begin) {
    StringBuilder word = new StringBuilder(9);
    int end = begin;
    while (end < stretch.to && end - begin < 16 && word.length() < 9) {
      char c = stretch.at(end++);
      if (Stretch.alphanumeric(c)) {
        word.append(c);
      } else if (c != ' ') {
        return;
      }
    }
    String whole = word.toString().toUpperCase(java.util.Locale.ROOT);
    if (!stretch.word(end) && UNITED_KINGDOM.matcher(whole).matches()) {
      stretch.add(SensitiveKind.NATIONAL_ID, begin, end);
    }
  }

  private static boolean isId(String word) {
    return UNITED_KINGDOM.matcher(word).matches()
        || (FINLAND.matcher(word).matches() && isFinnish(word))
        || (ITALY.matcher(word).matches() && isItalian(word))
        || (SPAIN.matcher(word).matches() && isSpanish(word.replace("-", "")))
        || (SINGAPORE.matcher(word).matches() && isSingaporean(word))
        || INDIA.matcher(word).matches()
        || (CHINA.matcher(word).matches() && isChinese(word));
  }

  private static boolean isSpanish(String word) {
    int first = "XYZ".indexOf(word.charAt(0));
    String number = (first < 0 ? word.substring(0, 1) : "" + first) + word.substring(1);
    int value = Integer.parseInt(number.substring(0, number.length() - 1));
    return NIF.charAt(value % 23) == word.charAt(word.length() - 1);
  }

  private static boolean isFinnish(String word) {
    int number = Integer.parseInt(word.substring(0, 6) + word.substring(7, 10));
    return FINNISH.charAt(number % 31) == word.charAt(10);
  }

  private static boolean isItalian(String word) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = word.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A';
      sum += i % 2 == 1 ? value : "BAKPLCQDREVOSFTGUHMINJWZYX".indexOf('A' + value);
    }
    return word.charAt(15) == 'A' + sum % 26;
  }

  private static boolean isSingaporean(String word) {
    int sum = NationalIds.weighted(word.substring(1), 1_000, 2, 7, 6, 5, 4, 3, 2);
    return switch (word.charAt(0)) {
      case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == word.charAt(8);
      case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == word.charAt(8);
      case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == word.charAt(8);
      case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == word.charAt(8);
      default -> "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11) == word.charAt(8);
    };
  }

  /** ISO 7064, MOD 11-2. */
  private static boolean isChinese(String word) {
    int sum = 0;
    for (int i = 0; i < 18; i++) {
      char c = word.charAt(i);
      sum = (sum * 2 + (c == 'X' ? 10 : c - '0')) % 11;
    }
    return sum == 1;
  }

  private static boolean inWord(char c) {
    return Ascii.is(c, Ascii.LETTER | Ascii.DIGIT) || c == '-' || c == '+';
  }
}
