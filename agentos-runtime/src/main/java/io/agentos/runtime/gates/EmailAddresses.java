package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;

/**
 * E-mail addresses in texts: up to 64 letters, digits and {@code . _ % + -}, an at sign, a domain
 * with a dot and an end of 2 to 24 letters.
 *
 * <p>Thread-safe. Looks around each at sign, so that its time grows with the text and no faster.
 */
public final class EmailAddresses {
  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 278;
  private static final int END_MIN = 2;
  private static final int END_MAX = 24;

  private EmailAddresses() {}

  private record Range(int begin, int end) {}

  /** The text with each address replaced by what it is. */
  public static String mask(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (Range address : ranges(text)) {
      masked
          .append(text, from, address.begin())
          .append(SecretPatterns.redacted("an e-mail address"));
      from = address.end();
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** The addresses in a text, as they stand there. */
  static List<String> in(String text) {
    return ranges(text).stream().map(range -> text.substring(range.begin(), range.end())).toList();
  }

  private static List<Range> ranges(String text) {
    List<Range> ranges = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int begin = at;
      while (begin > from && at - begin < LOCAL_MAX && isLocal(text.charAt(begin - 1))) {
        begin--;
      }
      int end = begin == at ? -1 : domainEnd(text, at + 1);
      if (end >= 0) {
        ranges.add(new Range(begin, end));
        from = end;
      }
    }
    return ranges;
  }

  /** Where a domain ends that begins at {@code from}; -1 where none does. */
  private static int domainEnd(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < DOMAIN_MAX && isDomain(text.charAt(end))) {
      end++;
    }
    if (end == from || !Character.isLetterOrDigit(text.charAt(from))) {
      return -1;
    }
    for (int dot = end - 1; dot > from; dot--) {
      int letters = text.charAt(dot) == '.' ? letters(text, dot + 1, end) : 0;
      if (letters >= END_MIN) {
        return dot + 1 + letters;
      }
    }
    return -1;
  }

  private static int letters(String text, int from, int to) {
    int letters = 0;
    while (letters < END_MAX
        && from + letters < to
        && Character.isLetter(text.charAt(from + letters))) {
      letters++;
    }
    return letters;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }
}
