package io.agentos.runtime.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** E-mail addresses as names of users: ASCII, without a difference of case. */
public final class Email {
  /** The longest address (RFC 5321, with its errata). */
  public static final int LENGTH_MAX = 254;

  private static final Pattern SHAPE = Pattern.compile("[!-~&&[^@]]{1,64}@[!-~&&[^@]]{1,189}");

  private Email() {}

  /** The address in a text as it is stored; empty when it is none. */
  public static Optional<String> of(String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    return SHAPE.matcher(address).matches() ? Optional.of(address) : Optional.empty();
  }
}
