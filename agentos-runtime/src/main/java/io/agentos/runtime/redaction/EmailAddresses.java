package io.agentos.runtime.redaction;

/**
 * E-mail addresses: up to 64 letters, digits and {@code . _ % + -}, an at sign, a domain with a dot
 * and an end of 2 to 24 letters, or one in Punycode.
 *
 * <p>Looks around each at sign, so that its time grows with the text and no faster.
 */
final class EmailAddresses {
  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 278;
  private static final int END_MIN = 2;
  private static final int END_MAX = 24;

  private EmailAddresses() {}

  static void scan(Stretch stretch) {
    int from = stretch.from;
    for (int at = stretch.text.indexOf('@', from, stretch.to);
        at >= 0;
        at = stretch.text.indexOf('@', at + 1, stretch.to)) {
      int begin = at;
      while (begin > from && at - begin < LOCAL_MAX && isLocal(stretch.text.charAt(begin - 1))) {
        begin--;
      }
      int end = begin == at ? -1 : domainEnd(stretch, at + 1);
      if (end >= 0) {
        stretch.add(SensitiveKind.EMAIL, begin, end);
        from = end;
      }
    }
  }

  /** Where a domain ends that begins at {@code from}; -1 where none does. */
  private static int domainEnd(Stretch stretch, int from) {
    int end = from;
    while (end < stretch.to && end - from < DOMAIN_MAX && isDomain(stretch.text.charAt(end))) {
      end++;
    }
    if (end == from || !Character.isLetterOrDigit(stretch.text.charAt(from))) {
      return -1;
    }
    int next = end;
    for (int dot = end - 1; dot > from; dot--) {
      if (stretch.text.charAt(dot) == '.') {
        int letters = letters(stretch, dot + 1, next);
        if (letters >= END_MIN) {
          return dot + 1 + letters;
        }
        next = dot;
      }
    }
    return -1;
  }

  private static int letters(Stretch stretch, int from, int to) {
    boolean punycode = stretch.text.startsWith("xn--", from);
    int letters = 0;
    while (from + letters < to
        && letters < (punycode ? 63 : END_MAX)
        && (Character.isLetter(stretch.text.charAt(from + letters))
            || (punycode && isDomain(stretch.text.charAt(from + letters))))) {
      letters++;
    }
    return letters;
  }

  private static boolean isLocal(char c) {
    return Stretch.alphanumeric(c)
        || "._%+-".indexOf(c) >= 0
        || (c >= 0x80 && Character.isLetterOrDigit(c));
  }

  private static boolean isDomain(char c) {
    return Stretch.alphanumeric(c)
        || c == '.'
        || c == '-'
        || (c >= 0x80 && Character.isLetterOrDigit(c));
  }
}
