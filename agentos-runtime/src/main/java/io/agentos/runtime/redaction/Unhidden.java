package io.agentos.runtime.redaction;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stretch as it reads once its escapes are undone: percent encoding, HTML character references,
 * escapes of JSON and the like, full-width and other compatibility forms, invisible characters. One
 * layer at a time; each char knows what it came from.
 */
final class Unhidden {
  private static final Map<String, Character> NAMED =
      Map.ofEntries(
          Map.entry("amp", '&'),
          Map.entry("lt", '<'),
          Map.entry("gt", '>'),
          Map.entry("quot", '"'),
          Map.entry("apos", '\''),
          Map.entry("nbsp", ' '),
          Map.entry("commat", '@'),
          Map.entry("period", '.'),
          Map.entry("colon", ':'),
          Map.entry("sol", '/'),
          Map.entry("lowbar", '_'),
          Map.entry("hyphen", '-'),
          Map.entry("dash", '-'),
          Map.entry("equals", '='),
          Map.entry("plus", '+'),
          Map.entry("lpar", '('),
          Map.entry("rpar", ')'));
  private static final int REFERENCE_MAX = 12;

  private final Stretch source;
  private final char[] chars;
  private final int[] begins;
  private final int[] ends;
  private int size;
  private int from;
  private int next;
  private boolean changed;

  private Unhidden(Stretch source) {
    this.source = source;
    int length = 2 * (source.to - source.floor) + 2;
    this.chars = new char[length];
    this.begins = new int[length];
    this.ends = new int[length];
  }

  /** The stretch without one layer of hiding; null where nothing hides. */
  static @Nullable Stretch view(Stretch source, Spans found) {
    Unhidden view = new Unhidden(source);
    for (int i = source.floor; i < source.to; i = view.next) {
      if (i <= source.from) {
        view.from = view.size;
      }
      view.read(i);
    }
    if (!view.changed) {
      return null;
    }
    String text = new String(view.chars, 0, view.size);
    int[] begins = Arrays.copyOf(view.begins, view.size);
    int[] ends = Arrays.copyOf(view.ends, view.size);
    return new Stretch(text, 0, view.from, view.size, source.last, found, begins, ends);
  }

  private void read(int i) {
    char c = source.text.charAt(i);
    next = i + 1;
    switch (c) {
      case '%' -> percent(i);
      case '&' -> reference(i);
      case '\\' -> escape(i);
      default -> {
        if (c < 0x80) {
          put(c, i);
        } else {
          compatible(i);
        }
      }
    }
  }

  /** Percent encoding of UTF-8. */
  private void percent(int i) {
    int value = hex(i + 1, 2);
    if (value < 0) {
      put('%', i);
      return;
    }
    int more = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : value >= 0xC0 ? 1 : 0;
    int point = more == 0 ? value : value & (0x3F >> more);
    int at = i + 3;
    for (int n = 0; n < more; n++) {
      int byteValue = source.at(at) == '%' ? hex(at + 1, 2) : -1;
      if (byteValue < 0) {
        break;
      }
      point = (point << 6) | (byteValue & 0x3F);
      at += 3;
    }
    decoded(point, i, at);
  }

  private void reference(int i) {
    int end = i + 1;
    while (end - i <= REFERENCE_MAX && source.at(end) != ';' && source.at(end) > ' ') {
      end++;
    }
    if (source.at(end) != ';') {
      put('&', i);
      return;
    }
    String name = source.text.substring(i + 1, end);
    int point = NAMED.getOrDefault(name, '\0');
    if (name.startsWith("#")) {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      try {
        point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      } catch (NumberFormatException e) {
        point = 0;
      }
    }
    if (point <= 0 || point > Character.MAX_CODE_POINT) {
      put('&', i);
    } else {
      decoded(point, i, end + 1);
    }
  }

  private void escape(int i) {
    char kind = source.at(i + 1);
    int digits = kind == 'u' || kind == 'U' ? 4 : kind == 'x' ? 2 : 0;
    int value = digits == 0 ? -1 : hex(i + 2, digits);
    if (value >= 0) {
      decoded(value, i, i + 2 + digits);
      return;
    }
    int plain = "/\"'\\ntr".indexOf(kind);
    if (kind != 0 && plain >= 0) {
      decoded("/\"'\\\n\t\r".charAt(plain), i, i + 2);
    } else {
      put('\\', i);
    }
  }

  /** What looks like something in ASCII, as that; what is invisible, not at all. */
  private void compatible(int i) {
    int point = source.text.codePointAt(i);
    int end = Math.min(source.to, i + Character.charCount(point));
    next = end;
    if (invisible(point)) {
      changed = true;
      return;
    }
    int plain = plain(point);
    if (plain == point) {
      for (int at = i; at < end; at++) {
        put(source.text.charAt(at), at);
      }
    } else {
      decoded(plain, i, end);
    }
  }

  static boolean invisible(int point) {
    return Character.getType(point) == Character.FORMAT
        || point == 0x034F
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0x115F
        || point == 0x3164;
  }

  private static int plain(int point) {
    if (point >= 0xFF01 && point <= 0xFF5E) {
      return point - 0xFEE0;
    }
    int digit = Character.digit(point, 10);
    if (digit >= 0) {
      return '0' + digit;
    }
    int type = Character.getType(point);
    if (type == Character.SPACE_SEPARATOR) {
      return ' ';
    }
    if (type == Character.DASH_PUNCTUATION || point == 0x2212) {
      return '-';
    }
    boolean letterlike =
        (point >= 0x2070 && point <= 0x24FF) || (point >= 0x1D400 && point <= 0x1F1FF);
    if (letterlike) {
      String normal = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
      return normal.length() == 1 ? normal.charAt(0) : point;
    }
    return point;
  }

  private int hex(int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      if (!NetworkAddresses.hex(source.at(i))) {
        return -1;
      }
      value = value * 16 + Character.digit(source.at(i), 16);
    }
    return value;
  }

  private void decoded(int point, int begin, int end) {
    changed = true;
    next = Math.min(end, source.to);
    for (char c : Character.toChars(Math.min(Math.max(point, 0), Character.MAX_CODE_POINT))) {
      put(c, source.begin(begin), source.end(next - 1));
    }
  }

  private void put(char c, int index) {
    put(c, source.begin(index), source.end(index));
  }

  private void put(char c, int begin, int end) {
    chars[size] = c;
    begins[size] = begin;
    ends[size++] = end;
  }
}
