package io.agentos.tools.table;

/** Cells that spreadsheets must not run as formulas, and that need quotes. */
public final class Cells {
  private Cells() {}

  /** One line of a table. */
  public static String line(Iterable<String> cells) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      line.append(line.isEmpty() ? "" : ",").append(quoted(cell));
    }
    return line.append('\n').toString();
  }

  private static String quoted(String cell) {
    boolean formula = !cell.isEmpty() && "=+@\t".indexOf(cell.charAt(0)) >= 0;
    String safe = formula ? "'" + cell : cell;
    boolean plain = safe.chars().noneMatch(one -> one == ',' || one == '"' || one == '\n');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
