package io.agentos.runtime.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One form of a value to look for.
 *
 * @param text what to look for
 * @param name what to say in its place
 */
record Needle(String text, String name) {
  /** A line of a longer value is looked for by itself when it has so many characters. */
  private static final int LINE_LENGTH_MIN = 16;

  private static final int LINES_MAX = 200;

  /** All forms of a value, and its lines as they are. */
  static List<Needle> of(String value, String name) {
    Set<String> texts = new LinkedHashSet<>();
    addForms(value, texts);
    value
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= LINE_LENGTH_MIN)
        .limit(LINES_MAX)
        .forEach(texts::add);
    List<Needle> needles = new ArrayList<>();
    texts.forEach(text -> needles.add(new Needle(text, name)));
    return needles;
  }

  private static void addForms(String value, Set<String> texts) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    texts.add(value);
    texts.add(new StringBuilder(value).reverse().toString());
    texts.add(HexFormat.of().formatHex(bytes));
    texts.add(HexFormat.ofDelimiter(":").formatHex(bytes));
    texts.add(HexFormat.ofDelimiter("-").formatHex(bytes));
    for (int offset = 0; offset < 3; offset++) {
      texts.add(base64(bytes, offset, Base64.getEncoder()));
      texts.add(base64(bytes, offset, Base64.getUrlEncoder()));
    }
    byte[] wide = value.getBytes(StandardCharsets.UTF_16LE);
    texts.add(base64(wide, 0, Base64.getEncoder()));
  }

  /**
   * The characters of base64 that these bytes alone decide, when {@code offset} bytes of a group of
   * three stand before them.
   */
  private static String base64(byte[] bytes, int offset, Base64.Encoder encoder) {
    byte[] padded = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, padded, offset, bytes.length);
    String text = encoder.withoutPadding().encodeToString(padded);
    int begin = (offset * 8 + 5) / 6;
    int end = padded.length * 8 / 6;
    return text.substring(begin, end);
  }

  /** Hides the value. */
  @Override
  public String toString() {
    return name;
  }
}
