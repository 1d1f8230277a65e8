package io.agentos.tools.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sentences of Markdown, broken at blanks into lines that fit a terminal. */
final class Prose {
  /** No line is longer, as far as words allow. */
  static final int WIDTH = 100;

  private static final int CODE_KEPT_MAX = 60;

  /** Code stays in one piece up to that length; all else ends at a blank. */
  private static final Pattern WORD =
      Pattern.compile("(?:`[^`]{0," + CODE_KEPT_MAX + "}`|[^ `]++|`)++");

  /** What would begin a list, a heading, a quotation or a table at the head of a line. */
  private static final Pattern MARK = Pattern.compile("[-+*>|=]+|#{1,6}|\\d{1,9}[.)]");

  private Prose() {}

  /** A paragraph, with its last line feed. */
  static String paragraph(String text) {
    return lines(text, "", "");
  }

  /** An item of a list, with its last line feed. */
  static String item(String text) {
    return lines(text, "- ", "  ");
  }

  private static String lines(String text, String first, String others) {
    StringBuilder lines = new StringBuilder(first);
    int column = first.length();
    boolean head = true;
    for (String word : words(text)) {
      int length = word.codePointCount(0, word.length());
      if (!head && column + 1 + length > WIDTH) {
        lines.append('\n').append(others);
        column = others.length();
      } else if (!head) {
        lines.append(' ');
        column++;
      }
      head = false;
      lines.append(word);
      column += length;
    }
    return lines.append('\n').toString();
  }

  /** Words, where a mark hangs on to the word before it. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    WORD.matcher(text)
        .results()
        .map(match -> match.group())
        .forEach(word -> {
          if (!words.isEmpty() && MARK.matcher(word).matches()) {
            words.set(words.size() - 1, words.getLast() + " " + word);
          } else {
            words.add(word);
          }
        });
    return words;
  }
}
