package io.agentos.runtime.secrets;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some characters that stand for others: percent signs with hexadecimal digits, escapes of JSON and
 * of programs, entities of HTML.
 *
 * @param bytes what they stand for, in UTF-8
 * @param length how many characters they are
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Escape(byte[] bytes, int length) {
  private static final int ENTITY_LENGTH_MAX = 10;
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  /** The escape that begins at {@code at}, or null when none does. */
  static @Nullable Escape at(String text, int at) {
    return switch (text.charAt(at)) {
      case '%' -> hex(text, at, 1);
      case '\\' -> backslash(text, at);
      case '&' -> entity(text, at);
      default -> null;
    };
  }

  private static @Nullable Escape backslash(String text, int at) {
    if (at + 1 >= text.length()) {
      return null;
    }
    return switch (text.charAt(at + 1)) {
      case 'u' -> unicode(text, at);
      case 'x' -> hex(text, at, 2);
      case 'n' -> of("\n", 2);
      case 'r' -> of("\r", 2);
      case 't' -> of("\t", 2);
      case 'b' -> of("\b", 2);
      case 'f' -> of("\f", 2);
      case '"', '\\', '/', '\'' -> of(text.substring(at + 1, at + 2), 2);
      default -> null;
    };
  }

  /** Two of them make one character beyond the first plane. */
  private static @Nullable Escape unicode(String text, int at) {
    int first = number(text, at + 2, at + 6);
    if (first < 0) {
      return null;
    }
    if (Character.isHighSurrogate((char) first) && text.startsWith("\\u", at + 6)) {
      int second = number(text, at + 8, at + 12);
      if (second >= 0 && Character.isLowSurrogate((char) second)) {
        return of(Character.toString(Character.toCodePoint((char) first, (char) second)), 12);
      }
    }
    return of(Character.toString(first), 6);
  }

  /** A byte of two digits after a prefix. */
  private static @Nullable Escape hex(String text, int at, int prefix) {
    int value = number(text, at + prefix, at + prefix + 2);
    return value < 0 ? null : new Escape(new byte[] {(byte) value}, prefix + 2);
  }

  private static @Nullable Escape entity(String text, int at) {
    int end = text.indexOf(';', at, Math.min(text.length(), at + ENTITY_LENGTH_MAX));
    if (end < 0) {
      return null;
    }
    String name = text.substring(at + 1, end);
    int length = end - at + 1;
    if (!name.startsWith("#")) {
      String stands = ENTITIES.get(name);
      return stands == null ? null : of(stands, length);
    }
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    try {
      int value = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isValidCodePoint(value) ? of(Character.toString(value), length) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    if (to > text.length()) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return -1;
      }
    }
    return HexFormat.fromHexDigits(text, from, to);
  }

  private static Escape of(String stands, int length) {
    return new Escape(stands.getBytes(StandardCharsets.UTF_8), length);
  }
}
