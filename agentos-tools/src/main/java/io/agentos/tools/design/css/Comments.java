package io.agentos.tools.design.css;

import java.util.function.IntConsumer;

/** Takes comments out of CSS, with every line kept where it is. */
final class Comments {
  private Comments() {}

  /**
   * The text with a blank for each character of a comment.
   *
   * @param unclosed told the index of a comment that never ends
   */
  static String blanked(String text, IntConsumer unclosed) {
    StringBuilder blanked = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      char one = text.charAt(at);
      if (one == '"' || one == '\'') {
        at = CssText.skip(text, at);
      } else if (one == '\\') {
        at += 2;
      } else if (one == '/' && text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          unclosed.accept(at);
        }
        int behind = end < 0 ? text.length() : end + 2;
        blank(blanked, at, behind);
        at = behind;
      } else if ((one == 'u' || one == 'U') && text.regionMatches(true, at, "url(", 0, 4)) {
        int end = text.indexOf(')', at);
        at = end < 0 ? text.length() : end + 1;
      } else {
        at++;
      }
    }
    return blanked.toString();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
