package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows under headings, each column as wide as its widest cell. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> numbers = new HashSet<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Lets the columns under these headings end below each other, as numbers do. */
  Table numbers(String... headings) {
    for (String heading : headings) {
      numbers.add(rows.getFirst().indexOf(heading));
    }
    return this;
  }

  /** Adds a row of as many cells as there are headings; line breaks become spaces. */
  Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has a cell for each heading");
    }
    rows.add(List.of(cells).stream().map(cell -> cell.replaceAll("\\R", " ")).toList());
    return this;
  }

  /** The lines, headings first, without spaces at their ends. */
  List<String> lines() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(numbers.contains(i) ? space + row.get(i) : row.get(i) + space).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
