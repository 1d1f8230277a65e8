package io.agentos.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Prose, broken at blanks into lines that fit a terminal. */
final class WrappedText {
  /** No line is longer, as far as words allow. */
  static final int WIDTH = 100;

  /** Code of this length and less is not broken. */
  private static final int CODE_KEPT_MAX = 60;

  /** Stands for a blank at which no line is broken. */
  private static final char KEPT = '\0';

  /** What would start a list, a heading or a quotation at the head of a line. */
  private static final Pattern MARK = Pattern.compile("[-+*>|=]+|#{1,6}|\\d{1,9}[.)]");

  private WrappedText() {}

  /**
   * Breaks a text that has no line feeds.
   *
   * @param first what stands before the first line, such as {@code "- "}
   * @param others what stands before all others, such as two blanks
   * @return lines without a line feed behind the last
   */
  static String of(String text, String first, String others) {
    StringBuilder lines = new StringBuilder(first);
    int head = first.length();
    int column = head;
    for (String word : words(text)) {
      int length = word.codePointCount(0, word.length());
      if (column > head && column + 1 + length > WIDTH) {
        lines.append('\n').append(others);
        head = others.length();
        column = head;
      } else if (column > head) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += length;
    }
    return lines.toString();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String part : keepCode(text).strip().split(" +", -1)) {
      String word = part.replace(KEPT, ' ');
      if (!words.isEmpty() && MARK.matcher(word).matches()) {
        words.set(words.size() - 1, words.getLast() + " " + word);
      } else {
        words.add(word);
      }
    }
    return words;
  }

  private static String keepCode(String text) {
    StringBuilder kept = new StringBuilder(text.replace(KEPT, ' '));
    int open = text.indexOf('`');
    while (open >= 0) {
      int close = text.indexOf('`', open + 1);
      for (int i = open; close - open <= CODE_KEPT_MAX && i < close; i++) {
        if (text.charAt(i) == ' ') {
          kept.setCharAt(i, KEPT);
        }
      }
      open = close < 0 ? -1 : text.indexOf('`', close + 1);
    }
    return kept.toString();
  }
}
