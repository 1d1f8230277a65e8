package io.agentos.tools.findings;

import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of Markdown that can be read as it is: its columns stand below each other, numbers to the
 * right. What would make a line too wide is cut from the widest column.
 */
final class AlignedTable {
  private static final int CELL_LENGTH_MAX = 200;
  private static final int COLUMN_WIDTH_MIN = 12;
  private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d,.]+(?: %)?|");
  private static final Pattern ALONE = Pattern.compile("`[^` ]+`");

  private final List<List<String>> lines = new ArrayList<>();
  private final List<Integer> widths;
  private final List<Boolean> numbers;

  private AlignedTable(List<String> titles, List<List<String>> rows, int width) {
    lines.add(titles.stream().map(AlignedTable::escaped).toList());
    rows.forEach(row -> lines.add(row.stream().map(AlignedTable::escaped).toList()));
    numbers =
        IntStream.range(0, titles.size())
            .mapToObj(column ->
                rows.stream().anyMatch(row -> !row.get(column).isEmpty())
                    && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches()))
            .toList();
    widths =
        new ArrayList<>(
            IntStream.range(0, titles.size())
                .mapToObj(column ->
                    lines.stream().mapToInt(line -> width(line.get(column))).max().orElse(0))
                .toList());
    narrow(width);
  }

  /** A table; every row has as many cells as there are titles, and no line is longer than that. */
  static String of(List<String> titles, List<List<String>> rows, int width) {
    return new AlignedTable(titles, rows, width).text();
  }

  private static String escaped(String cell) {
    return Printable.line(cell.strip(), CELL_LENGTH_MAX).replace("|", "\\|");
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private void narrow(int width) {
    int over = 1 - width;
    for (int one : widths) {
      over += one + " | ".length();
    }
    while (over > 0) {
      int widest = Collections.max(widths);
      if (widest <= COLUMN_WIDTH_MIN) {
        return;
      }
      widths.set(widths.indexOf(widest), widest - 1);
      over--;
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    append(text, lines.getFirst());
    for (int column = 0; column < widths.size(); column++) {
      text.append('|').append("-".repeat(widths.get(column) + 1));
      text.append(numbers.get(column) ? ':' : '-');
    }
    text.append("|\n");
    lines.stream().skip(1).forEach(line -> append(text, line));
    return text.toString();
  }

  private void append(StringBuilder text, List<String> cells) {
    for (int column = 0; column < widths.size(); column++) {
      String cell = fitted(cells.get(column), widths.get(column));
      String blanks = " ".repeat(widths.get(column) - width(cell));
      text.append("| ").append(numbers.get(column) ? blanks + cell : cell + blanks).append(' ');
    }
    text.append("|\n");
  }

  /** Of a path or a name both ends, of words the beginning; what was code stays code. */
  private static String fitted(String cell, int width) {
    if (width(cell) <= width) {
      return cell;
    }
    int[] points = cell.codePoints().toArray();
    if (ALONE.matcher(cell).matches()) {
      int tail = width / 2;
      return begin(points, width - tail - 1) + "…" + new String(points, points.length - tail, tail);
    }
    String begin = begin(points, width - 1);
    boolean open = begin.chars().filter(character -> character == '`').count() % 2 == 1;
    return open ? begin(points, width - 2) + "…`" : begin + "…";
  }

  /** The first characters, but not half of an escaped bar. */
  private static String begin(int[] points, int count) {
    return new String(points, 0, points[count - 1] == '\\' ? count - 1 : count);
  }
}
