package io.agentos.runtime.redaction;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text that is looked at at once. Scanners may look back to {@code floor} for what
 * stands before a value, and never further; findings begin at {@code from} or later.
 *
 * <p>Of one thread.
 */
final class Stretch {
  /** How far scanners may look back, in chars. */
  static final int LOOK_BACK = 96;

  private static final int WORDS_BACK = 7;

  final String text;
  final int floor;
  final int from;
  final int to;

  /** Whether the whole text ends at {@code to}. */
  final boolean last;

  /** Where {@code text} begins in the text as it is, unless it is a decoded part. */
  private final int base;

  private final Spans found;
  private final int @Nullable [] begins;
  private final int @Nullable [] ends;

  /** A part of the text as it is. */
  Stretch(String text, int floor, int from, int to, boolean last, Spans found) {
    this(text, 0, floor, from, to, last, found);
  }

  /** The same, of a text that begins at {@code base}; all else counts from there. */
  Stretch(String text, int base, int floor, int from, int to, boolean last, Spans found) {
    this.text = text;
    this.base = base;
    this.floor = floor;
    this.from = from;
    this.to = to;
    this.last = last;
    this.found = found;
    this.begins = null;
    this.ends = null;
  }

  /**
   * A decoded part.
   *
   * @param begins for each char, where what it was decoded from begins in the text as it is
   * @param ends for each char, where that ends
   */
  Stretch(
      String text,
      int floor,
      int from,
      int to,
      boolean last,
      Spans found,
      int[] begins,
      int[] ends) {
    this.text = text;
    this.base = 0;
    this.floor = floor;
    this.from = from;
    this.to = to;
    this.last = last;
    this.found = found;
    this.begins = begins;
    this.ends = ends;
  }

  void add(SensitiveKind kind, int begin, int end) {
    if (begin >= from && end > begin) {
      found.add(kind, begin(begin), end(end - 1));
    }
  }

  /** Where the char at {@code index} begins in the text as it is. */
  int begin(int index) {
    return begins == null ? base + index : begins[index];
  }

  /** Where the char at {@code index} ends in the text as it is. */
  int end(int index) {
    return ends == null ? base + index + 1 : ends[index];
  }

  /** The char at {@code index}; 0 outside of what may be looked at. */
  char at(int index) {
    return index < floor || index >= to ? 0 : text.charAt(index);
  }

  boolean digit(int index) {
    return Ascii.is(at(index), Ascii.DIGIT);
  }

  /** Whether a letter, digit or underscore stands there. */
  boolean word(int index) {
    return word(at(index));
  }

  static boolean word(char c) {
    return c < 0x80 ? Ascii.is(c, Ascii.WORD) : Character.isLetter(c);
  }

  static boolean asciiLetter(char c) {
    return Ascii.is(c, Ascii.LETTER);
  }

  static boolean letter(char c) {
    return c < 0x80 ? asciiLetter(c) : Character.isLetter(c);
  }

  static boolean alphanumeric(char c) {
    return Ascii.is(c, Ascii.LETTER | Ascii.DIGIT);
  }

  /** Whether {@code begin} to {@code end} is all there is, or all there is between quotes. */
  boolean alone(int begin, int end) {
    int before = begin;
    while (before > floor && at(before - 1) == ' ') {
      before--;
    }
    boolean opens = (before == 0 && begins(0)) || (before > floor && quote(at(before - 1)));
    int after = end;
    while (after < to && at(after) == ' ') {
      after++;
    }
    return opens && (after == to ? last : quote(at(after)));
  }

  /** Whether one of the last few words of the line before {@code index} is in {@code words}. */
  boolean after(int index, Words words) {
    int end = index;
    for (int count = 0; count < WORDS_BACK; count++) {
      while (end > floor && !letter(text.charAt(end - 1))) {
        end--;
      }
      int begin = end;
      while (begin > floor && letter(text.charAt(begin - 1))) {
        begin--;
      }
      if (begin == end) {
        return false;
      }
      if (words.has(text, begin, end)) {
        return true;
      }
      end = begin;
    }
    return false;
  }

  /** Whether the first word after {@code index} is in {@code words}. */
  boolean before(int index, Words words) {
    int begin = index;
    while (begin < to && begin - index < 3 && !letter(text.charAt(begin))) {
      begin++;
    }
    int end = begin;
    while (end < to && end - begin < 24 && letter(text.charAt(end))) {
      end++;
    }
    return words.has(text, begin, end);
  }

  private boolean begins(int index) {
    return begins == null ? base == 0 : begins.length == 0 || begins[index] == 0;
  }

  private static boolean quote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
