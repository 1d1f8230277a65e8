package io.agentos.server.recording;

import static io.agentos.runtime.gates.SecretPatterns.redacted;

import io.agentos.runtime.gates.CardNumbers;
import io.agentos.runtime.gates.EmailAddresses;
import io.agentos.runtime.gates.SecretPatterns;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of texts what must not lie about in files: credentials, e-mail addresses and card
 * numbers. It knows formats, not meanings: a password in a sentence stays.
 *
 * <p>Thread-safe. The patterns have bounds and no nested repetition without one.
 */
final class Redaction {
  private static final Pattern WEB_TOKEN =
      Pattern.compile(
          "\\beyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,8192}(?:\\.[A-Za-z0-9_-]{0,4096})?");
  private static final Pattern BEARER =
      Pattern.compile("(?i)(\\bbearer\\s{1,4})[A-Za-z0-9._~+/=-]{16,8192}");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("(://[^\\s/:@]{0,64}:)[^\\s/@]{1,256}(?=@)");

  private Redaction() {}

  /** The text with what must not lie about replaced by what it was. */
  static String text(String text) {
    String masked = SecretPatterns.mask(text);
    masked = WEB_TOKEN.matcher(masked).replaceAll(redacted("a web token"));
    masked = BEARER.matcher(masked).replaceAll("$1" + redacted("a bearer token"));
    masked = URL_PASSWORD.matcher(masked).replaceAll("$1" + redacted("a password"));
    return CardNumbers.mask(EmailAddresses.mask(masked));
  }

  /** The same for every text in a JSON value, the names of members included. */
  static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Map<?, ?> map -> members(map);
      case List<?> list -> {
        List<@Nullable Object> masked = new ArrayList<>(list.size());
        list.forEach(element -> masked.add(value(element)));
        yield masked;
      }
      case Integer whole -> whole.longValue();
      case Long whole -> number(whole, whole.toString());
      case BigInteger whole -> number(whole, whole.toString());
      case null, default -> value;
    };
  }

  /** The same for the members of a JSON object. */
  static Map<String, @Nullable Object> members(Map<?, ?> map) {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    map.forEach((name, member) -> masked.put(text(String.valueOf(name)), value(member)));
    return masked;
  }

  private static Object number(Object number, String text) {
    String masked = CardNumbers.mask(text);
    return masked.equals(text) ? number : masked;
  }
}
