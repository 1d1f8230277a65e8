package io.agentos.runtime.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as bytes of UTF-8, each with the place in the original text that it comes from, so that
 * what is found in a decoded form is known in the original.
 *
 * <p>Immutable.
 */
final class TextView {
  /** One character for each byte. */
  private final String bytes;

  private final int[] from;
  private final int[] to;

  private TextView(String bytes, int[] from, int[] to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** A text as it is. */
  static TextView of(String text) {
    Building building = new Building(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) < 128) {
        building.add(text.charAt(i), i, i + 1);
        i++;
        continue;
      }
      int end = i + Character.charCount(text.codePointAt(i));
      building.add(text.substring(i, end).getBytes(StandardCharsets.UTF_8), i, end);
      i = end;
    }
    return building.view();
  }

  int length() {
    return bytes.length();
  }

  /** One character for each byte. */
  String text() {
    return bytes;
  }

  int indexOf(String needle, int after) {
    return bytes.indexOf(needle, after);
  }

  /** Where the byte at {@code index} begins in the original. */
  int from(int index) {
    return from[index];
  }

  /** Where it ends. */
  int to(int index) {
    return to[index];
  }

  /** As it compares: without case, and a plus is a space, as forms have it. */
  TextView folded() {
    StringBuilder folded = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == '+' ? ' ' : c);
    }
    return new TextView(folded.toString(), from, to);
  }

  /** The same without white space. */
  TextView withoutSpace() {
    Building building = new Building(bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        building.add(c, from[i], to[i]);
      }
    }
    return building.view();
  }

  /** With each escape of URLs, JSON and HTML read as what it stands for. */
  TextView decoded() {
    Building building = new Building(bytes.length());
    for (int i = 0; i < bytes.length(); ) {
      Escape escape = Escape.at(bytes, i);
      if (escape == null) {
        building.add(bytes.charAt(i), from[i], to[i]);
        i++;
      } else {
        building.add(escape.bytes(), from[i], to[i + escape.length() - 1]);
        i += escape.length();
      }
    }
    return building.view();
  }

  private static final class Building {
    private final StringBuilder bytes;
    private int[] from;
    private int[] to;

    Building(int length) {
      this.bytes = new StringBuilder(length);
      this.from = new int[Math.max(16, length)];
      this.to = new int[Math.max(16, length)];
    }

    void add(byte[] more, int begin, int end) {
      for (byte one : more) {
        add((char) (one & 0xff), begin, end);
      }
    }

    void add(char one, int begin, int end) {
      int at = bytes.length();
      if (at == from.length) {
        from = Arrays.copyOf(from, at * 2);
        to = Arrays.copyOf(to, at * 2);
      }
      from[at] = begin;
      to[at] = end;
      bytes.append(one);
    }

    TextView view() {
      return new TextView(bytes.toString(), from, to);
    }
  }
}
