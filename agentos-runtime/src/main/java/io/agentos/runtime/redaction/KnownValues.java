package io.agentos.runtime.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * Texts that are known to be secret, looked for in one pass (Aho and Corasick, 1975) over letters
 * and digits alone and in any case, so that spaces, hyphens and the like within a value do not hide
 * it. Secrets are also looked for reversed, in ROT13, hexadecimal and base64 at any offset.
 *
 * <p>Immutable. A value of fewer than {@link #SECRET_CHARS_MIN} letters and digits is not looked
 * for: it would be found in everything.
 */
public final class KnownValues {
  /** Nothing is known. */
  public static final KnownValues NONE = new KnownValues(List.of(), false, 1);

  public static final int SECRET_CHARS_MIN = 6;

  /** The longest part that is looked for as one; longer values are looked for in parts. */
  private static final int PART_MAX = 96;

  private static final int WORD_CHARS_MIN = 2;
  private static final int SYMBOLS = 36;

  /** More signs than this between two letters or digits belong to no value. */
  private static final int BETWEEN_MAX = 4;

  /** How many letters and digits secrets have in all, as they are; 40 megabytes. */
  public static final int SECRET_STATES_MAX = 1 << 18;

  /** Up to this many, the other forms of secrets are looked for too. */
  private static final int FORM_STATES_MAX = 1 << 17;

  /** Of words; four megabytes. */
  private static final int WORD_STATES_MAX = 1 << 15;

  private final int[] next;
  private final short[] depths;
  private final short[] lengths;

  /** The next shorter value that ends in a state, as the state where it ends; 0 for none. */
  private final int[] shorter;

  private final boolean wholeWords;

  private KnownValues(List<int[]> patterns, boolean wholeWords, int statesMax) {
    this.wholeWords = wholeWords;
    int states = 1 + symbols(patterns);
    if (states > statesMax) {
      throw new IllegalArgumentException(
          "known values have at most %d letters and digits in all their forms, not %d"
              .formatted(statesMax, states));
    }
    this.next = new int[states * SYMBOLS];
    this.depths = new short[states];
    this.lengths = new short[states];
    this.shorter = new int[states];
    int made = 1;
    for (int[] pattern : patterns) {
      int state = 0;
      for (int symbol : pattern) {
        int at = state * SYMBOLS + symbol;
        if (next[at] == 0) {
          depths[made] = (short) (depths[state] + 1);
          next[at] = made++;
        }
        state = next[at];
      }
      lengths[state] = (short) Math.max(lengths[state], pattern.length);
    }
    link(made);
  }

  /**
   * Secrets, in all the forms in which they are looked for. When these are more than 131,072
   * letters and digits, the last values are looked for as they are alone.
   *
   * @throws IllegalArgumentException when they are more than can be looked for at once
   */
  public static KnownValues secrets(Collection<String> values) {
    List<int[]> patterns = new ArrayList<>();
    for (String value : values) {
      parts(symbols(value), SECRET_CHARS_MIN, patterns);
    }
    int states = symbols(patterns);
    for (String value : values) {
      if (states > FORM_STATES_MAX) {
        break;
      }
      List<int[]> forms = new ArrayList<>();
      for (String form : forms(value)) {
        parts(symbols(form), SECRET_CHARS_MIN, forms);
      }
      states += symbols(forms);
      if (states <= FORM_STATES_MAX) {
        patterns.addAll(forms);
      }
    }
    return new KnownValues(patterns, false, SECRET_STATES_MAX);
  }

  /** Words and names, as they are and only whole. */
  public static KnownValues words(Collection<String> words) {
    List<int[]> patterns = new ArrayList<>();
    for (String word : words) {
      parts(symbols(word), WORD_CHARS_MIN, patterns);
    }
    return new KnownValues(patterns, true, WORD_STATES_MAX);
  }

  /** How much memory it takes, in pieces of about 160 bytes. */
  public int states() {
    return depths.length;
  }

  boolean isEmpty() {
    return depths.length == 1;
  }

  /** The state after reading on. */
  int advance(int state, CharSequence text, int from, int to) {
    int now = state;
    for (int i = from; i < to && !isEmpty(); i++) {
      int symbol = symbol(text.charAt(i));
      now = symbol < 0 ? now : next[now * SYMBOLS + symbol];
    }
    return now;
  }

  /** Whether a value may have begun. */
  boolean under(int state) {
    return depths[state] >= 3;
  }

  void scan(Stretch stretch, SensitiveKind kind) {
    int[] positions = new int[PART_MAX];
    int read = 0;
    int state = 0;
    int between = 0;
    for (int i = stretch.from; i < stretch.to; i++) {
      char c = stretch.text.charAt(i);
      int symbol = symbol(c);
      if (symbol < 0) {
        between++;
        state = between > BETWEEN_MAX || Marked.is(c) ? 0 : state;
        read = state == 0 ? 0 : read;
        continue;
      }
      between = 0;
      positions[read++ % PART_MAX] = i;
      state = next[state * SYMBOLS + symbol];
      for (int end = lengths[state] > 0 ? state : shorter[state]; end > 0; end = shorter[end]) {
        int begin = read < lengths[end] ? -1 : positions[(read - lengths[end]) % PART_MAX];
        if (begin >= 0 && (!wholeWords || (!stretch.word(begin - 1) && !stretch.word(i + 1)))) {
          stretch.add(kind, begin, i + 1);
          break;
        }
      }
    }
  }

  /** Breadth first: where to go on where a value breaks off, and what ends within another. */
  private void link(int states) {
    int[] fallbacks = new int[states];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      if (next[symbol] != 0) {
        queue.add(next[symbol]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int fallback = fallbacks[state];
      shorter[state] = lengths[fallback] > 0 ? fallback : shorter[fallback];
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        int at = state * SYMBOLS + symbol;
        int other = next[fallback * SYMBOLS + symbol];
        if (next[at] == 0) {
          next[at] = other;
        } else {
          fallbacks[next[at]] = other;
          queue.add(next[at]);
        }
      }
    }
  }

  /** What else it may look like. */
  private static List<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    List<String> forms = new ArrayList<>();
    forms.add(new StringBuilder(value).reverse().toString());
    forms.add(rotated(value));
    forms.add(HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first chars hold bits of what stands before, the last of what stands after.
      forms.add(base64.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6));
    }
    return forms;
  }

  private static String rotated(String value) {
    StringBuilder rotated = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = Stretch.asciiLetter(c);
      char first = c >= 'a' ? 'a' : 'A';
      rotated.append(letter ? (char) (first + (c - first + 13) % 26) : c);
    }
    return rotated.toString();
  }

  private static void parts(int[] symbols, int lengthMin, List<int[]> patterns) {
    if (symbols.length < lengthMin) {
      return;
    }
    for (int from = 0; from < symbols.length; from += PART_MAX) {
      int begin = Math.max(0, Math.min(from, symbols.length - PART_MAX));
      patterns.add(Arrays.copyOfRange(symbols, begin, Math.min(symbols.length, begin + PART_MAX)));
    }
  }

  private static int symbols(List<int[]> patterns) {
    return patterns.stream().mapToInt(pattern -> pattern.length).sum();
  }

  private static int[] symbols(String text) {
    return text.chars().map(c -> symbol((char) c)).filter(symbol -> symbol >= 0).toArray();
  }

  /**
   * Letters of other alphabets share a symbol with others: rather too much is found than too
   * little.
   */
  private static int symbol(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= '0' && c <= '9') {
      return 26 + c - '0';
    }
    return c >= 0x80 && Character.isLetterOrDigit(c) ? Character.toLowerCase(c) % SYMBOLS : -1;
  }
}
