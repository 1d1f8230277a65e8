package io.agentos.tools.citations;

import java.util.regex.Pattern;

/** Whether identifiers can be right: DOI (ISO 26324), ISBN (ISO 2108), ISSN (ISO 3297), arXiv. */
final class Identifiers {
  private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/\\S+");
  private static final Pattern ARXIV =
      Pattern.compile("(?:arxiv:)?(?:\\d{4}\\.\\d{4,5}|[a-z-]+(?:\\.[A-Z]{2})?/\\d{7})(?:v\\d+)?");

  private Identifiers() {}

  static boolean isDoi(String text) {
    return DOI.matcher(text).matches();
  }

  static boolean isArxiv(String text) {
    return ARXIV.matcher(text.strip()).matches();
  }

  /** With ten or thirteen digits and the right last one; hyphens and blanks do not matter. */
  static boolean isIsbn(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (digits.matches("\\d{9}[\\dXx]")) {
      int sum = 0;
      for (int i = 0; i < 10; i++) {
        sum += (10 - i) * digit(digits.charAt(i));
      }
      return sum % 11 == 0;
    }
    if (!digits.matches("97[89]\\d{10}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (i % 2 == 0 ? 1 : 3) * digit(digits.charAt(i));
    }
    return sum % 10 == 0;
  }

  static boolean isIssn(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (!digits.matches("\\d{7}[\\dXx]")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (8 - i) * digit(digits.charAt(i));
    }
    return sum % 11 == 0;
  }

  private static int digit(char character) {
    return character == 'X' || character == 'x' ? 10 : character - '0';
  }
}
