package io.agentos.tools.design.tokens;

import java.util.List;
import java.util.Optional;

/** The known name that looks most like one that is not known. */
final class Nearest {
  private static final int DISTANCE_MAX = 3;
  private static final int LENGTH_MAX = 120;

  private Nearest() {}

  /** The first of the nearest; empty when none is near. */
  static Optional<String> of(String name, List<String> known) {
    String nearest = "";
    int least = Math.min(DISTANCE_MAX, name.length() / 3) + 1;
    for (String one : known) {
      if (Math.abs(one.length() - name.length()) < least && one.length() <= LENGTH_MAX) {
        int distance = distance(name, one);
        if (distance < least) {
          least = distance;
          nearest = one;
        }
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
