package io.agentos.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The known name that someone most likely meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The name with the fewest edits to {@code text}, else the first one that begins or ends with it
   * as a word; empty when there is neither.
   */
  static Optional<String> to(String text, Collection<String> names) {
    int editsMax = Math.max(2, text.length() / 4);
    return names.stream()
        .filter(name -> edits(text, name) <= editsMax)
        .min(
            Comparator.comparingInt((String name) -> edits(text, name))
                .thenComparing(Comparator.naturalOrder()))
        .or(() -> names.stream().sorted().filter(name -> hasWord(name, text)).findFirst());
  }

  private static boolean hasWord(String name, String word) {
    return Stream.of(".", "_")
        .anyMatch(between -> name.startsWith(word + between) || name.endsWith(between + word));
  }

  /** How many letters must be added, dropped, changed or swapped with their neighbour. */
  private static int edits(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        edits[i][j] = edits(edits, one, other, i, j);
      }
    }
    return edits[one.length()][other.length()];
  }

  private static int edits(int[][] edits, String one, String other, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int fewest =
        Math.min(
            edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
  }
}
