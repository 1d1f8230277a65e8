package io.agentos.runtime.definitions;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The known names that a mistyped one probably meant, by the number of letters to add, drop or
 * change (Levenshtein).
 */
public final class Nearest {
  private static final int LENGTH_MAX = 128;
  private static final int KNOWN_MAX = 2_000;

  private record Candidate(String name, int distance) {}

  private Nearest() {}

  /** The nearest name; empty when none is near. */
  public static Optional<String> of(String wanted, Collection<String> known) {
    return of(wanted, known, 1).stream().findFirst();
  }

  /** The nearest names, nearest first, at most {@code max}; names of equal distance by alphabet. */
  public static List<String> of(String wanted, Collection<String> known, int max) {
    String text = shortened(wanted);
    int distanceMax = Math.max(1, text.length() / 3);
    return known.stream()
        .limit(KNOWN_MAX)
        .map(name -> new Candidate(name, distance(text, shortened(name))))
        .filter(candidate -> candidate.distance() <= distanceMax)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name)
        .distinct()
        .limit(max)
        .toList();
  }

  /** {@code "; nearest: 'name'"}, or nothing when none is near. */
  static String hint(String wanted, Collection<String> known) {
    return of(wanted, known).map(name -> "; nearest: '" + name + "'").orElse("");
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(LENGTH_MAX, text.length())).toLowerCase(Locale.ROOT);
  }

  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[above.length - 1];
  }
}
