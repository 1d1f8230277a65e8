package io.agentos.runtime.redaction;

import java.util.Arrays;
import java.util.List;

/**
 * What was already found or taken out, hidden from scanners behind a char that belongs to no value,
 * so that a second look sees what the first could not.
 */
final class Marked {
  private static final char SIGN = '\u0001';

  private Marked() {}

  static boolean is(char c) {
    return c == SIGN;
  }

  /** The text, which begins at {@code base}, with these spans hidden; of the same length. */
  static String hide(String text, List<Span> spans, int base) {
    char[] chars = text.toCharArray();
    for (Span span : spans) {
      Arrays.fill(chars, span.begin() - base, span.end() - base, SIGN);
    }
    return new String(chars);
  }
}
