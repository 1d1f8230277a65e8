package io.agentos.runtime.redaction;

/**
 * Words in small letters, looked up where they stand in a text, in any case, without a copy of it.
 *
 * <p>Immutable.
 */
final class Words {
  private final String[] table;
  private final int lengthMax;

  private Words(String[] table, int lengthMax) {
    this.table = table;
    this.lengthMax = lengthMax;
  }

  static Words of(String... words) {
    String[] table = new String[Integer.highestOneBit(words.length) * 8];
    int lengthMax = 0;
    for (String word : words) {
      int at = place(word, 0, word.length(), table.length);
      while (table[at] != null) {
        at = (at + 1) % table.length;
      }
      table[at] = word;
      lengthMax = Math.max(lengthMax, word.length());
    }
    return new Words(table, lengthMax);
  }

  /** Whether what stands between {@code begin} and {@code end} is one of the words. */
  boolean has(String text, int begin, int end) {
    if (end - begin > lengthMax) {
      return false;
    }
    int at = place(text, begin, end, table.length);
    for (String word = table[at]; word != null; word = table[at]) {
      if (is(word, text, begin, end)) {
        return true;
      }
      at = (at + 1) % table.length;
    }
    return false;
  }

  private static boolean is(String word, String text, int begin, int end) {
    if (word.length() != end - begin) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != small(text.charAt(begin + i))) {
        return false;
      }
    }
    return true;
  }

  private static int place(String text, int begin, int end, int places) {
    int hash = 0;
    for (int i = begin; i < end; i++) {
      hash = hash * 31 + small(text.charAt(i));
    }
    return (hash ^ hash >>> 12) & places - 1;
  }

  private static char small(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
    return Character.toLowerCase(c);
  }
}
