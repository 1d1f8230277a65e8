package io.agentos.tools.report;

import io.agentos.tools.files.Printable;
import java.util.List;
import java.util.Locale;

/** Texts from anywhere, made fit to stand in a page of Markdown and in a terminal. */
public final class Markdown {
  private static final int CODE_LENGTH_MAX = 160;
  private static final int CELL_LENGTH_MAX = 120;
  private static final int LOOKED_AT_MAX = 1_000;

  private Markdown() {}

  /** A name or a value as code, which it cannot end. */
  public static String code(String text) {
    String line = Printable.line(oneLine(text), CODE_LENGTH_MAX);
    return "`" + line.replace('`', '\'') + "`";
  }

  /** A value in a cell of a table. */
  public static String cell(String text) {
    String line = Printable.line(oneLine(text), CELL_LENGTH_MAX);
    return line.replace('`', '\'').replace("<", "&lt;");
  }

  private static String oneLine(String text) {
    String bounded = text.length() <= LOOKED_AT_MAX ? text : text.substring(0, LOOKED_AT_MAX);
    return bounded.strip().replaceAll("\\s+", " ");
  }

  /** A number with its noun, such as {@code 1 file} or {@code 2,000 files}. */
  public static String count(long number, String noun) {
    return Printable.number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Such as {@code a, b and c}. */
  public static String list(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** A number with a fixed count of decimals, with a point whatever the machine's language. */
  public static String decimal(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  /**
   * A table with its columns below each other.
   *
   * @param rows each with as many cells as there are titles; a cell is code or a {@link #cell}
   */
  public static String table(List<String> titles, List<List<String>> rows) {
    return MarkdownTable.of(titles, rows);
  }

  /** A paragraph, broken into lines; the last ends in a line feed. */
  public static String paragraph(String text) {
    return WrappedText.of(text, "", "") + "\n";
  }

  /** An item of a list, broken into lines; the last ends in a line feed. */
  public static String item(String text) {
    return WrappedText.of(text, "- ", "  ") + "\n";
  }
}
