package io.agentos.tools.mail;

import java.util.regex.Pattern;

/**
 * E-mail addresses that every server reads alike: the form that HTML calls valid, RFC 5321's
 * lengths, and a domain with a dot. No comments, no quotes, no letters beyond ASCII; names of other
 * letters are written as {@code xn--}.
 */
public final class Addresses {
  /** The longest address that fits into a path of SMTP. */
  public static final int LENGTH_MAX = 254;

  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  /** For a schema. */
  static final String PATTERN =
      "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
          + LABEL
          + "(?:\\."
          + LABEL
          + ")+$";

  private static final int LOCAL_LENGTH_MAX = 64;
  private static final Pattern WHOLE = Pattern.compile(PATTERN);

  private Addresses() {}

  /** Whether a text is one address and nothing else. */
  public static boolean isOne(String text) {
    return text.length() <= LENGTH_MAX
        && text.indexOf('@') <= LOCAL_LENGTH_MAX
        && text.indexOf('\n') < 0
        && WHOLE.matcher(text).matches();
  }
}
