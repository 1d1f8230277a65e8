package io.agentos.runtime.routing;

import java.util.List;

/**
 * Brings the forms of an English word together: {@code policies} and {@code policy}, {@code
 * migrating} and {@code migration}. It cuts what endings it knows and asks no dictionary, so a stem
 * need not be a word. Words of other languages and names with digits stay as they are, but for a
 * plural s.
 */
final class Stemmer {
  /** A shorter stem than this says too little. */
  private static final int STEM_MIN = 3;

  /** Cut at most one of these, the longest that fits first; what follows is put in its place. */
  private static final List<Ending> ENDINGS =
      List.of(
          new Ending("ibility", ""),
          new Ending("ability", ""),
          new Ending("ization", ""),
          new Ending("isation", ""),
          new Ending("ations", ""),
          new Ending("ators", ""),
          new Ending("izing", ""),
          new Ending("ising", ""),
          new Ending("ation", ""),
          new Ending("ating", ""),
          new Ending("ated", ""),
          new Ending("ator", ""),
          new Ending("ates", ""),
          new Ending("ible", ""),
          new Ending("able", ""),
          new Ending("ings", ""),
          new Ending("ment", ""),
          new Ending("ness", ""),
          new Ending("ized", ""),
          new Ending("ised", ""),
          new Ending("izes", ""),
          new Ending("ises", ""),
          new Ending("ate", ""),
          new Ending("ize", ""),
          new Ending("ise", ""),
          new Ending("ing", ""),
          new Ending("ful", ""),
          new Ending("ion", ""),
          new Ending("ers", ""),
          new Ending("ed", ""),
          new Ending("er", ""),
          new Ending("or", ""),
          new Ending("ly", ""),
          new Ending("y", "i"),
          new Ending("e", ""));

  private record Ending(String text, String instead) {}

  private Stemmer() {}

  /** The stem of a word in lower case. */
  static String stem(String word) {
    if (word.length() <= STEM_MIN || !ascii(word)) {
      return word;
    }
    String singular = singular(word);
    for (Ending ending : ENDINGS) {
      int left = singular.length() - ending.text().length();
      if (left >= STEM_MIN && singular.endsWith(ending.text())) {
        return undoubled(singular.substring(0, left) + ending.instead());
      }
    }
    return singular;
  }

  private static String singular(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    boolean plural =
        word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  /** {@code planning} has the stem {@code plan}, as {@code plan} has. */
  private static String undoubled(String stem) {
    int last = stem.length() - 1;
    boolean doubled =
        last > STEM_MIN - 1
            && stem.charAt(last) == stem.charAt(last - 1)
            && "bdgmnprt".indexOf(stem.charAt(last)) >= 0;
    return doubled ? stem.substring(0, last) : stem;
  }

  private static boolean ascii(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return true;
  }
}
