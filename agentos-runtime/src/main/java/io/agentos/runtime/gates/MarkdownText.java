package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The lines of a Markdown text by what they are. A heading within a block of code is none.
 *
 * @param lines in order
 */
record MarkdownText(List<Line> lines) {

  /** What a line is. */
  enum Kind {
    HEADING,
    TEXT,
    CODE,
    BLANK
  }

  /**
   * One line.
   *
   * @param text of a heading its words, without signs, in lower case
   */
  record Line(Kind kind, String text) {}

  static MarkdownText of(String text) {
    List<Line> lines = new ArrayList<>();
    String fence = "";
    for (String line : text.lines().toList()) {
      String bare = line.strip();
      String opens = fence(bare);
      if (!fence.isEmpty()) {
        lines.add(new Line(Kind.CODE, line));
        if (opens.startsWith(fence) && bare.length() == opens.length()) {
          fence = "";
        }
      } else if (!opens.isEmpty()) {
        lines.add(new Line(Kind.CODE, line));
        fence = opens;
      } else if (bare.isEmpty()) {
        lines.add(new Line(Kind.BLANK, ""));
      } else if (line.startsWith("#")) {
        lines.add(new Line(Kind.HEADING, heading(line)));
      } else {
        lines.add(new Line(Kind.TEXT, line));
      }
    }
    return new MarkdownText(List.copyOf(lines));
  }

  /** A heading without its signs, in lower case. */
  static String heading(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSign(text.charAt(from))) {
      from++;
    }
    while (to > from && isSign(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** All headings. */
  List<String> headings() {
    return lines.stream().filter(line -> line.kind() == Kind.HEADING).map(Line::text).toList();
  }

  /** The paragraphs of text: rows of lines with nothing between. */
  static List<String> paragraphs(List<Line> lines) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (Line line : lines) {
      if (line.kind() == Kind.TEXT) {
        paragraph.append(line.text()).append('\n');
      } else if (!paragraph.isEmpty()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      }
    }
    if (!paragraph.isEmpty()) {
      paragraphs.add(paragraph.toString());
    }
    return paragraphs;
  }

  private static String fence(String bare) {
    int end = 0;
    while (end < bare.length()
        && bare.charAt(end) == bare.charAt(0)
        && (bare.charAt(0) == '`' || bare.charAt(0) == '~')) {
      end++;
    }
    return end < 3 ? "" : bare.substring(0, end);
  }

  private static boolean isSign(char c) {
    return c == '#' || c == '*' || c == '_' || c == ':' || Character.isWhitespace(c);
  }
}
