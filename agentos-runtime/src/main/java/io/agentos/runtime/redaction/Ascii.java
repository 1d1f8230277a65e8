package io.agentos.runtime.redaction;

/** What an ASCII char is to the scanners: one look for each char of a text. */
final class Ascii {
  static final int LETTER = 1;
  static final int DIGIT = 2;

  /** Letters, digits, {@code _} and {@code -}: of what names and tokens are made. */
  static final int NAME = 4;

  /** Of what base64, base64url and hexadecimal are made. */
  static final int ENCODED = 8;

  /** Letters, digits and {@code _}. */
  static final int WORD = 16;

  private static final byte[] KINDS = kinds();

  private Ascii() {}

  static boolean is(char c, int kinds) {
    return c < 0x80 && (KINDS[c] & kinds) != 0;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[0x80];
    for (char c = 0; c < 0x80; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      boolean both = letter || digit;
      kinds[c] =
          (byte)
              ((letter ? LETTER : 0)
                  | (digit ? DIGIT : 0)
                  | (both || c == '_' || c == '-' ? NAME : 0)
                  | (both || "+/=-_".indexOf(c) >= 0 ? ENCODED : 0)
                  | (both || c == '_' ? WORD : 0));
    }
    return kinds;
  }
}
