package io.agentos.runtime.redaction;

/**
 * Where a text can be cut so that no value lies across the cut: between two plain words of at least
 * three small letters, where no known value may have begun. A text is looked at in these pieces, so
 * that it makes no difference whether it comes whole or in parts.
 */
final class Segments {
  /** The longest piece, and so the most of a stream that is held back, in chars. */
  static final int LENGTH_MAX = 8_192;

  private static final int LETTERS_MIN = 3;

  private final KnownValues known;
  private final KnownValues words;

  /** Whether pieces are whole lines, for patterns that may match several words. */
  private final boolean lines;

  Segments(KnownValues known, KnownValues words, boolean lines) {
    this.known = known;
    this.words = words;
    this.lines = lines;
  }

  /**
   * Where the piece ends that begins at {@code from}.
   *
   * @param ended whether the text ends where it ends so far
   * @return -1 where that cannot be told yet
   */
  int end(String text, int from, boolean ended) {
    int to = Math.min(text.length(), from + LENGTH_MAX);
    boolean all = ended && to == text.length();
    int line = from;
    int scanned = from;
    int[] begun = new int[2];
    boolean before = false;
    for (int i = from; i < to; ) {
      char c = text.charAt(i);
      int mark = c == '[' || c == '<' ? Marks.end(text, i, to) : 0;
      if (mark < 0 && !all) {
        return -1;
      }
      if (mark > 0) {
        i = mark;
        before = false;
        continue;
      }
      if (c == ' ' || c == '\n') {
        i++;
        line = c == '\n' ? i : line;
        continue;
      }
      int end = wordEnd(text, i, to);
      if (end == to) {
        return all ? to : -1;
      }
      boolean plain = plain(text, i, end);
      if (plain && before && i > from && (!lines || (line > from && line == i))) {
        if (!begun(begun, text, scanned, i)) {
          return i;
        }
        scanned = i;
      }
      before = plain;
      i = end;
    }
    return all ? to : -1;
  }

  /** Whether a known value may have begun by the end of this part. */
  private boolean begun(int[] states, String text, int from, int to) {
    states[0] = known.advance(states[0], text, from, to);
    states[1] = words.advance(states[1], text, from, to);
    return known.under(states[0]) || words.under(states[1]);
  }

  private static int wordEnd(String text, int begin, int to) {
    int end = begin + 1;
    while (end < to) {
      char c = text.charAt(end);
      if (c == ' ' || c == '\n' || c == '[' || c == '<') {
        return end;
      }
      end++;
    }
    return end;
  }

  /** At least three small letters, and at most one sign that ends a part of a sentence. */
  private static boolean plain(String text, int begin, int end) {
    char last = text.charAt(end - 1);
    int letters = last == '.' || last == ',' ? end - 1 : end;
    if (letters - begin < LETTERS_MIN) {
      return false;
    }
    for (int i = begin; i < letters; i++) {
      char c = text.charAt(i);
      if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return true;
  }
}
