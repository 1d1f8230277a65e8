package io.agentos.server.recording;

import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.redaction.RedactionRules;
import io.agentos.runtime.redaction.Redactor;
import io.agentos.runtime.redaction.SensitiveKind;
import io.agentos.runtime.redaction.Substitutes;
import io.agentos.runtime.redaction.Transform;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of texts what must not lie about in files: credentials, numbers that pay or identify,
 * e-mail addresses and phone numbers, as {@link Redactor#STRICT} does.
 *
 * <p>Thread-safe.
 */
final class Redaction {
  private static final Redactor CARDS =
      new Redactor(
          new RedactionRules(
              Map.of(SensitiveKind.CARD, Transform.MASK), List.of(), KnownValues.NONE),
          KnownValues.NONE,
          Substitutes.NONE);

  private Redaction() {}

  /** The text with what must not lie about replaced by what it was. */
  static String text(String text) {
    return Redactor.STRICT.redact(text);
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
    String masked = CARDS.redact(text);
    return masked.equals(text) ? number : masked;
  }
}
