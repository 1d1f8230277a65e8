package io.agentos.tools.code;

import io.agentos.tools.files.Printable;

/** A page of Markdown while it is being written. Owned by one thread. */
final class Page {
  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  void title(String title) {
    text.append("\n## ").append(title).append("\n\n");
  }

  /** The first row of a table. */
  void table(String... titles) {
    row(titles);
    text.append("|---".repeat(titles.length)).append("|\n");
  }

  void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }

  /** A name or a text as code, which it cannot end. */
  static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }

  /** A number with its noun, such as {@code 1 file} or {@code 2,000 files}. */
  static String count(long number, String noun) {
    return Printable.number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
