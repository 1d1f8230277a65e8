package io.agentos.runtime.definitions;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address or a phone number in the one form in which two of them can be compared: an
 * address in lower case, a number as '+' and its digits.
 */
public record Contact(String value) {
  private static final Pattern SEPARATOR = Pattern.compile("[,;\\n]");
  private static final int DIGITS_MIN = 8;
  private static final int DIGITS_MAX = 15;

  /** The contact in a text; empty when it is none, or a number without its country. */
  public static Optional<Contact> of(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    int begin = normal.lastIndexOf('<');
    if (begin >= 0 && normal.endsWith(">")) {
      normal = normal.substring(begin + 1, normal.length() - 1).strip();
    }
    if (normal.startsWith("mailto:") || normal.startsWith("tel:")) {
      normal = normal.substring(normal.indexOf(':') + 1);
    }
    return normal.indexOf('@') >= 0 ? address(normal) : number(normal);
  }

  /** The contacts in a row of them, such as {@code a@example.com, b@example.com}. */
  public static List<Optional<Contact>> row(String text) {
    return SEPARATOR.splitAsStream(text).filter(part -> !part.isBlank()).map(Contact::of).toList();
  }

  /** Of an address, {@code @DOMAIN}; of a number, itself. */
  public String domain() {
    return value.substring(Math.max(0, value.indexOf('@')));
  }

  /** An address without what stands behind a plus sign, which reaches the same person. */
  public String person() {
    int at = value.indexOf('@');
    int plus = value.indexOf('+');
    return plus > 0 && plus < at ? value.substring(0, plus) + value.substring(at) : value;
  }

  private static Optional<Contact> address(String text) {
    int at = text.indexOf('@');
    boolean whole =
        at == text.lastIndexOf('@')
            && at < text.length() - 1
            && text.length() <= 320
            && text.codePoints()
                .noneMatch(c -> c <= ' ' || c == 0x7F || Character.getType(c) == Character.FORMAT);
    return whole ? Optional.of(new Contact(text.toLowerCase(Locale.ROOT))) : Optional.empty();
  }

  private static Optional<Contact> number(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length() && digits.length() <= DIGITS_MAX + 2; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (" ()-./".indexOf(c) < 0 && !(c == '+' && digits.isEmpty())) {
        return Optional.empty();
      }
    }
    boolean plus = text.startsWith("+");
    String all = digits.toString();
    if (!plus && !all.startsWith("00")) {
      return Optional.empty();
    }
    String country = plus ? all : all.substring(2);
    return country.length() < DIGITS_MIN || country.length() > DIGITS_MAX
        ? Optional.empty()
        : Optional.of(new Contact("+" + country));
  }
}
