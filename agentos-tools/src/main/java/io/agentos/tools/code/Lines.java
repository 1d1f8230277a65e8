package io.agentos.tools.code;

/** Counts the lines of a text. */
final class Lines {
  private Lines() {}

  /** How many line ends a text has. */
  static int ends(String text) {
    int ends = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      ends++;
    }
    return ends;
  }

  /** How many lines a text has; one that ends without a line end counts. */
  static int of(String text) {
    return text.isEmpty() || text.endsWith("\n") ? ends(text) : ends(text) + 1;
  }
}
