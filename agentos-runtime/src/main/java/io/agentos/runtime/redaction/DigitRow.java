package io.agentos.runtime.redaction;

/**
 * A row of groups of digits, with at most three of {@code space - . ( ) /} between two groups, such
 * as a card number, or a phone number with what stands beside it.
 *
 * <p>Of one thread; made once per stretch and filled again for each row.
 */
final class DigitRow {
  /** More groups than any number has; a longer row is looked at in parts. */
  private static final int GROUPS_MAX = 48;

  private static final int BETWEEN_MAX = 3;

  final Stretch stretch;
  final int[] begins = new int[GROUPS_MAX];
  final int[] ends = new int[GROUPS_MAX];
  int groups;

  DigitRow(Stretch stretch) {
    this.stretch = stretch;
  }

  /**
   * Reads the next row.
   *
   * @return where to look for the one after it; -1 where there is none
   */
  int next(int from) {
    groups = 0;
    int i = from;
    while (i < stretch.to && !stretch.digit(i)) {
      i++;
    }
    while (i < stretch.to && stretch.digit(i) && groups < GROUPS_MAX) {
      begins[groups] = i;
      while (i < stretch.to && stretch.digit(i)) {
        i++;
      }
      ends[groups++] = i;
      int next = i;
      while (next < stretch.to && next - i < BETWEEN_MAX && between(stretch.text.charAt(next))) {
        next++;
      }
      if (next == i || next == stretch.to || !stretch.digit(next)) {
        break;
      }
      i = next;
    }
    return groups == 0 ? -1 : i;
  }

  int length(int group) {
    return ends[group] - begins[group];
  }

  /** The digits from one group to another, both included; longer than {@code max} is cut. */
  String digits(int first, int last, int max) {
    StringBuilder digits = new StringBuilder(max);
    for (int group = first; group <= last && digits.length() < max; group++) {
      int end = Math.min(ends[group], begins[group] + max - digits.length());
      digits.append(stretch.text, begins[group], end);
    }
    return digits.toString();
  }

  /** What stands between a group and the next: one char, or 0 for more than one. */
  char between(int group) {
    return begins[group + 1] - ends[group] == 1 ? stretch.at(ends[group]) : 0;
  }

  /** Whether so many groups from {@code first} are as long as these, one char between two. */
  boolean shaped(int first, String lengths) {
    if (first + lengths.length() > groups) {
      return false;
    }
    for (int i = 0; i < lengths.length(); i++) {
      if (length(first + i) != lengths.charAt(i) - '0' || (i > 0 && between(first + i - 1) == 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean between(char c) {
    return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
  }
}
