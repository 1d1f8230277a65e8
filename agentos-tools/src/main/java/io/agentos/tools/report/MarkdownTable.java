package io.agentos.tools.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table that can be read as it is: columns stand below each other, numbers to the right, and no
 * line is wider than a terminal. The middle of what is too long is left out.
 */
final class MarkdownTable {
  private static final int CELL_WIDTH_MIN = 12;
  private static final Pattern NUMBER = Pattern.compile("[-+−]?[\\d,.]+(?: %)?|");

  private final List<List<String>> lines = new ArrayList<>();
  private final List<Integer> widths;
  private final List<Boolean> numbers;

  private MarkdownTable(List<String> titles, List<List<String>> rows) {
    lines.add(escaped(titles));
    rows.forEach(row -> lines.add(escaped(row)));
    numbers =
        IntStream.range(0, titles.size())
            .mapToObj(column ->
                !rows.isEmpty()
                    && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches()))
            .toList();
    widths = new ArrayList<>();
    for (int column = 0; column < titles.size(); column++) {
      int at = column;
      widths.add(lines.stream().mapToInt(line -> width(line.get(at))).max().orElse(0));
    }
    narrow();
  }

  /** A table; every row has as many cells as there are titles. */
  static String of(List<String> titles, List<List<String>> rows) {
    return new MarkdownTable(titles, rows).text();
  }

  private static List<String> escaped(List<String> cells) {
    return cells.stream().map(cell -> cell.replace("|", "\\|")).toList();
  }

  /** Takes from the widest column until a line fits. */
  private void narrow() {
    int over =
        widths.stream().mapToInt(width -> width + " | ".length()).sum() + 1 - WrappedText.WIDTH;
    while (over > 0) {
      int widest =
          IntStream.range(0, widths.size())
              .filter(column -> !numbers.get(column))
              .boxed()
              .max(Comparator.comparing(widths::get))
              .orElse(-1);
      if (widest < 0 || widths.get(widest) <= CELL_WIDTH_MIN) {
        return;
      }
      widths.set(widest, widths.get(widest) - 1);
      over--;
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      append(text, lines.get(i));
      if (i == 0) {
        for (int column = 0; column < widths.size(); column++) {
          boolean number = numbers.get(column);
          text.append('|').append("-".repeat(widths.get(column) + (number ? 1 : 2)));
          text.append(number ? ":" : "");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private void append(StringBuilder text, List<String> cells) {
    for (int column = 0; column < widths.size(); column++) {
      String cell = fitted(cells.get(column), widths.get(column));
      String blanks = " ".repeat(Math.max(0, widths.get(column) - width(cell)));
      text.append("| ").append(numbers.get(column) ? blanks + cell : cell + blanks).append(' ');
    }
    text.append("|\n");
  }

  /** Both ends of a cell that is too wide; what was code stays code. */
  private static String fitted(String cell, int width) {
    if (width(cell) <= width) {
      return cell;
    }
    int head = (width - 1) / 2;
    int tail = width - 1 - head;
    int[] points = cell.codePoints().toArray();
    String begin = new String(points, 0, head);
    String end = new String(points, points.length - tail, tail);
    return (begin.endsWith("\\") ? begin.substring(0, head - 1) : begin) + "…" + end;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
