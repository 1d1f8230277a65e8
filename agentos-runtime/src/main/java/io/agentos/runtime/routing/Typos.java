package io.agentos.runtime.routing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the known word that a mistyped one stands for: one letter missing, too many, changed, or
 * two changed over. It looks up what is left when a letter is taken out, so that the time it takes
 * goes by the length of the word and not by the number of known ones.
 *
 * <p>Immutable and thread-safe.
 */
final class Typos {
  /** Shorter words have too many neighbours. */
  private static final int LENGTH_MIN = 5;

  private static final int LENGTH_MAX = 24;

  private final Map<String, String> byRemainder = new HashMap<>();

  Typos(Collection<String> known) {
    for (String word : new TreeSet<>(known)) {
      if (fits(word)) {
        byRemainder.putIfAbsent(word, word);
        for (int i = 0; i < word.length(); i++) {
          byRemainder.putIfAbsent(without(word, i), word);
        }
      }
    }
  }

  /** The known word; empty when none is near. */
  Optional<String> meant(String word) {
    if (!fits(word)) {
      return Optional.empty();
    }
    String known = byRemainder.get(word);
    for (int i = 0; known == null && i < word.length(); i++) {
      known = byRemainder.get(without(word, i));
    }
    return Optional.ofNullable(known);
  }

  private static boolean fits(String word) {
    return word.length() >= LENGTH_MIN && word.length() <= LENGTH_MAX;
  }

  private static String without(String word, int index) {
    return word.substring(0, index) + word.substring(index + 1);
  }
}
