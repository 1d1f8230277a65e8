package io.agentos.tools.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table with a row of titles.
 *
 * @param name to be shown
 * @param separator what stands between cells: a comma, a semicolon, a tab or a bar
 * @param titles as written
 * @param rows those with something in them, each as long as the titles
 */
public record Table(String name, char separator, List<String> titles, List<Row> rows) {
  /** The most rows of a table. */
  public static final int ROWS_MAX = 50_000;

  private static final int COLUMNS_MAX = 200;
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  public Table {
    titles = List.copyOf(titles);
    rows = List.copyOf(rows);
  }

  /** One row, with the line it begins in. */
  public record Row(int line, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /** A cell, stripped. */
    public String cell(int column) {
      return cells.get(column).strip();
    }
  }

  /**
   * Reads a table.
   *
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS with the line of what is wrong
   */
  public static Table of(GivenText given) {
    char separator = separator(given.text());
    int unclosed = unclosed(given.text(), separator);
    if (unclosed > 0) {
      throw GivenTexts.wrong(
          "%s cannot be read as a table: a quote is opened in line %d and never closed."
              .formatted(given.name(), unclosed));
    }
    List<Row> lines = lines(given, separator);
    if (lines.isEmpty()) {
      throw GivenTexts.wrong("%s has no row of titles.".formatted(given.name()));
    }
    List<String> titles = titles(given.name(), lines.getFirst().line(), lines.getFirst().cells());
    List<Row> rows =
        lines.stream()
            .skip(1)
            .map(line -> row(given.name(), line.line(), line.cells(), titles))
            .toList();
    return new Table(given.name(), separator, titles, rows);
  }

  /** All rows with something in them, that of the titles first. */
  private static List<Row> lines(GivenText given, char separator) {
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .skipEmptyLines(true)
            .ofCsvRecord(given.text())) {
      for (CsvRecord record : reader) {
        if (!record.getFields().stream().allMatch(String::isBlank)) {
          rows.add(new Row((int) record.getStartingLineNumber(), record.getFields()));
        }
        if (rows.size() > ROWS_MAX + 1) {
          throw GivenTexts.wrong(
              "%s has more than %s. Give a part of it."
                  .formatted(given.name(), Markdown.count(ROWS_MAX, "row")));
        }
      }
      return rows;
    } catch (CsvParseException e) {
      throw GivenTexts.wrong(
          "%s cannot be read as a table: behind line %d, text follows a quote that is closed."
              .formatted(given.name(), rows.isEmpty() ? 1 : rows.getLast().line()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The separator that stands most often in the first line, outside of quotes. */
  private static char separator(String text) {
    Map<Character, Integer> counts = new HashMap<>();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      if (one == '\n' && !quoted && !counts.isEmpty()) {
        break;
      }
      quoted ^= one == '"';
      if (!quoted) {
        counts.merge(one, 1, Integer::sum);
      }
    }
    char best = ',';
    for (char one : SEPARATORS) {
      best = counts.getOrDefault(one, 0) > counts.getOrDefault(best, 0) ? one : best;
    }
    return best;
  }

  /** The line in which a quote begins that does not end; 0 when there is none. */
  private static int unclosed(String text, char separator) {
    int line = 1;
    int opened = 0;
    boolean cellBegins = true;
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      line += one == '\n' ? 1 : 0;
      if (opened > 0) {
        boolean escaped = one == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        i += escaped ? 1 : 0;
        opened = one == '"' && !escaped ? 0 : opened;
      } else if (one == '"' && cellBegins) {
        opened = line;
      }
      cellBegins = one == separator || one == '\n';
    }
    return opened;
  }

  private static List<String> titles(String name, int line, List<String> cells) {
    if (cells.size() > COLUMNS_MAX) {
      throw GivenTexts.wrong(
          "%s has %d columns in line %d; at most %d are read."
              .formatted(name, cells.size(), line, COLUMNS_MAX));
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<String> titles = new ArrayList<>();
    for (String cell : cells) {
      String title = cell.strip();
      if (!title.isEmpty() && seen.put(title.toLowerCase(Locale.ROOT), titles.size()) != null) {
        throw GivenTexts.wrong(
            "%s has the column %s twice, in line %d. Rename one of them."
                .formatted(name, Markdown.code(title), line));
      }
      titles.add(title);
    }
    return titles;
  }

  private static Row row(String name, int line, List<String> cells, List<String> titles) {
    List<String> all = new ArrayList<>(cells);
    while (all.size() > titles.size() && all.getLast().isBlank()) {
      all.removeLast();
    }
    if (all.size() > titles.size()) {
      throw GivenTexts.wrong(
          "%s has %d cells in line %d, and %d titles. A cell with a separator in it needs quotes."
              .formatted(name, all.size(), line, titles.size()));
    }
    while (all.size() < titles.size()) {
      all.add("");
    }
    return new Row(line, all);
  }

  /** The first column whose title is one of these, by their order; case and marks do not count. */
  public Optional<Integer> column(List<String> names) {
    for (String wanted : names) {
      for (int i = 0; i < titles.size(); i++) {
        if (plain(titles.get(i)).equals(plain(wanted))) {
          return Optional.of(i);
        }
      }
    }
    return Optional.empty();
  }

  /** As {@link #column}; says what was wanted and what there is where it is missing. */
  public int needed(String what, List<String> names) {
    return column(names)
        .orElseThrow(() ->
            GivenTexts.wrong(
                "%s has no column for %s. Wanted one of: %s. Found: %s."
                    .formatted(
                        name,
                        what,
                        String.join(", ", names),
                        String.join(", ", titles.stream().map(Markdown::code).toList()))));
  }

  private static String plain(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
