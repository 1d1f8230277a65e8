package io.agentos.tools.csv;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV row by row, and knows on which line each begins. Empty lines are passed over. One
 * thread, one use.
 */
public final class CsvReader {
  /** The most cells of a row. */
  public static final int COLUMNS_MAX = 2_000;

  /** The longest text of one cell. */
  public static final int CELL_LENGTH_MAX = 1_000_000;

  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int LOOKED_AT_MAX = 64 * 1024;
  private static final int LINES_LOOKED_AT = 20;

  private final String text;
  private final char separator;
  private int at;
  private int line = 1;
  private String fault = "";

  /**
   * One row.
   *
   * @param line on which it begins, from 1
   * @param fault what is wrong with its quotes; empty when nothing is
   */
  public record Row(int line, List<String> cells, String fault) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A reader of the whole text.
   *
   * @param separator between cells
   */
  public CsvReader(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  /** The separator that cuts the first lines most evenly: comma, semicolon, tab or bar. */
  public static char separatorOf(String text) {
    char best = ',';
    int bestScore = 0;
    for (char candidate : SEPARATORS) {
      int score = score(text, candidate);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  /** How many lines have as many separators as the first, times how many those are. */
  private static int score(String text, char candidate) {
    List<Integer> counts = new ArrayList<>();
    boolean quoted = false;
    int count = 0;
    int end = Math.min(text.length(), LOOKED_AT_MAX);
    for (int i = 0; i < end && counts.size() < LINES_LOOKED_AT; i++) {
      char character = text.charAt(i);
      if (character == '"') {
        quoted = !quoted;
      } else if (!quoted && character == candidate) {
        count++;
      } else if (!quoted && character == '\n') {
        counts.add(count);
        count = 0;
      }
    }
    if (counts.isEmpty()) {
      counts.add(count);
    }
    int first = counts.getFirst();
    return first == 0 ? 0 : (int) counts.stream().filter(one -> one == first).count() * 100 + first;
  }

  /**
   * The next row; empty at the end.
   *
   * @throws AgentOsException INVALID_INPUT when a quote is never closed, or a bound is passed
   */
  public Optional<Row> next() {
    while (at < text.length() && isLineEnd(text.charAt(at))) {
      skipLineEnd();
    }
    if (at >= text.length()) {
      return Optional.empty();
    }
    int start = line;
    fault = "";
    List<String> cells = new ArrayList<>();
    boolean more = true;
    while (more) {
      if (cells.size() == COLUMNS_MAX) {
        throw wrong("Line %d has more than %d cells. Is it CSV?".formatted(start, COLUMNS_MAX));
      }
      cells.add(cell());
      more = at < text.length() && text.charAt(at) == separator;
      if (more) {
        at++;
      }
    }
    if (at < text.length()) {
      skipLineEnd();
    }
    return Optional.of(new Row(start, cells, fault));
  }

  private String cell() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quotedCell();
    }
    int start = at;
    while (at < text.length() && !endsCell(text.charAt(at))) {
      if (text.charAt(at) == '"') {
        fault = "a quote inside a cell that does not begin with one";
      }
      at++;
    }
    return bounded(text.substring(start, at));
  }

  private String quotedCell() {
    int openedOn = line;
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw wrong(
            "The quote that opens a cell in line %d is never closed. Close it, or double it."
                .formatted(openedOn));
      }
      char character = text.charAt(at++);
      if (character == '\n') {
        line++;
      }
      if (character != '"') {
        cell.append(character);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        break;
      }
    }
    int closed = at;
    while (at < text.length() && !endsCell(text.charAt(at))) {
      at++;
    }
    if (!text.substring(closed, at).isBlank()) {
      fault = "text behind a closing quote";
      cell.append(text, closed, at);
    }
    return bounded(cell.toString());
  }

  private boolean endsCell(char character) {
    return character == separator || isLineEnd(character);
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r';
  }

  private void skipLineEnd() {
    if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
      at++;
    }
    at++;
    line++;
  }

  private String bounded(String cell) {
    if (cell.length() > CELL_LENGTH_MAX) {
      throw wrong(
          "A cell that ends in line %d is longer than %d characters. Is a quote missing?"
              .formatted(line, CELL_LENGTH_MAX));
    }
    return cell;
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_INPUT, message);
  }
}
