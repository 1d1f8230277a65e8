package io.agentos.runtime.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Rows of base64, base64url and hexadecimal digits that are text when they are decoded. */
final class Encoded {
  private static final int LENGTH_MIN = 12;
  private static final int PROBE = 8;

  /** Lines of encoded text are at least so long, so that words in lines are not put together. */
  private static final int LINE_MIN = 56;

  private Encoded() {}

  /** Is told of each row that is text. */
  @FunctionalInterface
  interface Row {
    void decoded(String text, int begin, int end);
  }

  static void rows(Stretch stretch, Row row) {
    int i = stretch.from;
    while (i < stretch.to) {
      if (!encoded(stretch.text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      int line = i;
      while (end < stretch.to) {
        char c = stretch.text.charAt(end);
        if (c == '\n' || c == '\r') {
          boolean wrapped = end - line >= LINE_MIN || (end == line && c == '\n');
          if (!wrapped) {
            break;
          }
          line = end + 1;
        } else if (!encoded(c)) {
          break;
        }
        end++;
      }
      if (end - i >= LENGTH_MIN) {
        look(stretch.text.substring(i, end), i, row);
      }
      i = Math.max(end, i + 1);
    }
  }

  private static void look(String text, int begin, Row row) {
    String digits = text.indexOf('\n') < 0 ? text : text.replaceAll("[\\r\\n]", "");
    String hex = hex(digits);
    if (hex != null) {
      row.decoded(hex, begin, begin + text.length());
      return;
    }
    // Something in front of it, such as a path, shifts what is decoded.
    for (int shift = 0; shift < 4 && shift + LENGTH_MIN <= digits.length(); shift++) {
      String decoded = base64(digits, shift);
      if (decoded != null) {
        row.decoded(decoded, begin, begin + text.length());
        return;
      }
    }
  }

  private static @Nullable String hex(String digits) {
    if (digits.length() % 2 != 0) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!NetworkAddresses.hex(digits.charAt(i))) {
        return null;
      }
    }
    return text(HexFormat.of().parseHex(digits));
  }

  private static @Nullable String base64(String digits, int shift) {
    StringBuilder plain = new StringBuilder(digits.length());
    for (int i = shift; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c == '=') {
        break;
      }
      plain.append(c == '-' ? '+' : c == '_' ? '/' : c);
      if (plain.length() == PROBE
          && text(Base64.getDecoder().decode(plain.substring(0, PROBE))) == null
          && !mayGoOn(plain)) {
        return null;
      }
    }
    if (plain.length() % 4 == 1) {
      plain.setLength(plain.length() - 1);
    }
    return plain.isEmpty() ? null : text(Base64.getDecoder().decode(plain.toString()));
  }

  /** A char of several bytes may be cut where the probe ends. */
  private static boolean mayGoOn(StringBuilder probe) {
    byte[] bytes = Base64.getDecoder().decode(probe.toString());
    for (int i = 0; i < 3; i++) {
      if (bytes[i] >= 0
          && bytes[i] < ' '
          && bytes[i] != '\n'
          && bytes[i] != '\t'
          && bytes[i] != '\r') {
        return false;
      }
    }
    return bytes[bytes.length - 1] < 0;
  }

  /** The bytes as text; null where they are none. */
  private static @Nullable String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\t' && b != '\r') {
        return null;
      }
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 ? null : text;
  }

  private static boolean encoded(char c) {
    return Ascii.is(c, Ascii.ENCODED);
  }
}
