package io.agentos.tools.sql.rls;

import java.util.regex.Pattern;

/** Makes any text safe to stand in Markdown and in a terminal. */
final class MarkdownText {
  /** Lines of prose are not longer, as far as words allow. */
  static final int WIDTH = 96;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
  private static final Pattern BREAK = Pattern.compile("\\s+");
  private static final int NAME_LENGTH_MAX = 200;

  private MarkdownText() {}

  /** Without characters that steer a terminal. */
  static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }

  /** A name as code, whatever it contains. */
  static String code(String name) {
    String text = oneLine(name);
    String ticks = text.contains("`") ? "``" : "`";
    String blank = text.contains("`") ? " " : "";
    return ticks + blank + text.replace("``", "`\u200B`") + blank + ticks;
  }

  /** A name in a cell of a table. */
  static String cell(String name) {
    return oneLine(name).replace("|", "\\|");
  }

  /** A fence that does not occur in the text. */
  static String fence(String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence;
  }

  /** Broken at blanks into lines of {@link #WIDTH}, each after the indent. */
  static String wrapped(String text, String indent) {
    StringBuilder lines = new StringBuilder(indent);
    int column = indent.length();
    for (String word : BREAK.split(printable(text).strip(), -1)) {
      if (column > indent.length() && column + 1 + word.length() > WIDTH) {
        lines.append('\n').append(indent);
        column = indent.length();
      } else if (column > indent.length()) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }

  private static String oneLine(String name) {
    String text = printable(BREAK.matcher(name).replaceAll(" "));
    return text.length() <= NAME_LENGTH_MAX ? text : text.substring(0, NAME_LENGTH_MAX) + "…";
  }
}
