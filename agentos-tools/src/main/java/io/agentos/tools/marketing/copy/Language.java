package io.agentos.tools.marketing.copy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which language a text is in, by its smallest words. */
final class Language {
  private static final int WORDS_MIN = 30;
  private static final double SHARE_MIN = 0.1;
  private static final Map<String, Set<String>> SMALL_WORDS =
      new TreeMap<>(
          Map.of(
              "English",
                  Set.of(
                      "the", "and", "of", "to", "a", "in", "is", "that", "for", "it", "you", "with",
                      "on", "are", "this", "your", "we", "be"),
              "German",
                  Set.of(
                      "der", "die", "das", "und", "ist", "nicht", "mit", "für", "auf", "ein",
                      "eine", "sie", "den", "von", "zu", "im", "wir", "ihr"),
              "French",
                  Set.of(
                      "le", "la", "les", "et", "des", "est", "pour", "dans", "une", "un", "vous",
                      "que", "du", "pas", "nous", "avec", "sur", "en"),
              "Spanish",
                  Set.of(
                      "el", "la", "los", "las", "y", "de", "que", "en", "un", "una", "es", "por",
                      "con", "para", "su", "se", "no", "lo"),
              "Italian",
                  Set.of(
                      "il", "lo", "gli", "che", "di", "e", "un", "una", "per", "con", "non", "sono",
                      "è", "del", "la", "nel", "si", "più")));

  private Language() {}

  /** The language that it is in, if it is one that is known and not English. */
  static Optional<String> other(List<Sentence> sentences) {
    Map<String, Integer> hits = new TreeMap<>();
    int words = 0;
    for (Sentence sentence : sentences) {
      for (String word : sentence.words()) {
        words++;
        String lower = word.toLowerCase(Locale.ROOT);
        SMALL_WORDS.forEach((language, small) -> {
          if (small.contains(lower)) {
            hits.merge(language, 1, Integer::sum);
          }
        });
      }
    }
    int english = hits.getOrDefault("English", 0);
    String best = "English";
    for (Map.Entry<String, Integer> entry : hits.entrySet()) {
      best = entry.getValue() > hits.getOrDefault(best, 0) ? entry.getKey() : best;
    }
    boolean clear = words >= WORDS_MIN && hits.getOrDefault(best, 0) >= words * SHARE_MIN;
    return clear && !best.equals("English") && hits.getOrDefault(best, 0) > 2 * english
        ? Optional.of(best)
        : Optional.empty();
  }
}
