package io.agentos.runtime.json;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form of RFC 8785 (JCS), so that equal values have equal digests: members sorted
 * by UTF-16 code units, numbers as ECMAScript writes doubles, the fewest escapes.
 *
 * <p>Thread-safe. Whole numbers beyond 2^53 are refused: as doubles two of them could look alike.
 */
public final class CanonicalJson {
  private static final BigDecimal EXACT_MAX = new BigDecimal(1L << 53);

  private CanonicalJson() {}

  /** The canonical text of a JSON value made of maps, lists, texts, numbers, booleans and null. */
  public static String write(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  /** The SHA-256 of the canonical text as UTF-8, hexadecimal. */
  public static String digest(@Nullable Object value) {
    return sha256(write(value));
  }

  /** The SHA-256 of a text as UTF-8, hexadecimal. */
  public static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case Boolean flag -> text.append(flag);
      case String string -> appendText(text, string);
      case Number number -> text.append(number(number));
      case Map<?, ?> map -> appendMap(text, map);
      case List<?> list -> appendList(text, list);
      default ->
          throw new IllegalArgumentException("no JSON value: " + value.getClass().getSimpleName());
    }
  }

  private static void appendMap(StringBuilder text, Map<?, ?> map) {
    // String.compareTo compares UTF-16 code units, which is the order the RFC asks for.
    TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, member) -> sorted.put(String.valueOf(key), member));
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
      text.append(separator);
      appendText(text, member.getKey());
      text.append(':');
      append(text, member.getValue());
      separator = ",";
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void appendList(StringBuilder text, List<?> list) {
    text.append('[');
    String separator = "";
    for (Object item : list) {
      text.append(separator);
      append(text, item);
      separator = ",";
    }
    text.append(']');
  }

  private static void appendText(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || isLone(string, i)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /**
   * Whether it is half a surrogate pair, which has no UTF-8 and would share its digest with any
   * other half. The RFC refuses it; escaped, as ECMAScript does since 2019, it is told apart.
   */
  private static boolean isLone(String string, int i) {
    char c = string.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
  }

  /** ECMA-262 Number::toString, from the shortest digits that {@code Double.toString} finds. */
  private static String number(Number number) {
    BigDecimal exact = new BigDecimal(number.toString());
    if (exact.abs().compareTo(EXACT_MAX) > 0 && exact.stripTrailingZeros().scale() <= 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "A number beyond 2^53 has no canonical form; send it as a text.");
    }
    double value = exact.doubleValue();
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    return sign + placed(digits, point);
  }

  private static String placed(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
