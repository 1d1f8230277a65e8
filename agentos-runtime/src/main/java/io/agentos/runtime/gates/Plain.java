package io.agentos.runtime.gates;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts as they look, so that no other spelling of a word hides it: compatibility forms (NFKC), no
 * invisible characters, no accents, lower case, Cyrillic and Greek letters that look like Latin
 * ones as those.
 *
 * <p>A hint against evasion, not a proof: the table holds the commonest of the look-alikes that
 * Unicode (UTS 39) lists.
 */
final class Plain {
  private static final String ALIKE =
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb"
          + "\u0501\u051b\u051d\u044c\u0433\u043f\u0432\u043d\u043a\u043c\u0442"
          + "\u0437\u03b1\u03bf\u03b5\u03c1\u03c4\u03c5\u03c7\u03b9\u03ba\u03bd"
          + "\u03b7\u03b2\u03b3\u03c9\u0475\u04cf\u0581\u0570\u0578\u057d\u0585";
  private static final String LATIN = "aeopcyxijshdqwbrnbhkmt3aoeptuxiknnbywvlghnuo";

  private Plain() {}

  /** Without invisible characters, compatibility forms as the characters they stand for. */
  static String visible(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
    if (normal.codePoints().noneMatch(Plain::isInvisible)) {
      return normal;
    }
    StringBuilder visible = new StringBuilder(normal.length());
    normal.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /** As it looks. */
  static String folded(String text) {
    String apart =
        Normalizer.normalize(visible(text).toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        folded.append(alike(c));
      }
    }
    return folded.toString();
  }

  /** The words of a text as it looks: rows of letters and digits. */
  static List<String> words(String text) {
    String folded = folded(text);
    List<String> words = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= folded.length(); i++) {
      boolean within = i < folded.length() && belongs(folded.charAt(i));
      if (within && begin < 0) {
        begin = i;
      } else if (!within && begin >= 0) {
        words.add(folded.substring(begin, i));
        begin = -1;
      }
    }
    return words;
  }

  /** Characters that change what a reader sees without being seen. */
  static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT || c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F);
  }

  private static boolean belongs(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  private static char alike(char c) {
    int index = c < 0x80 ? -1 : ALIKE.indexOf(c);
    return index < 0 ? c : LATIN.charAt(index);
  }
}
