package io.agentos.tools.profile;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.csv.CsvReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table that was gone through once.
 *
 * @param ragged lines of rows with more or fewer cells than the first
 * @param badQuotes lines of rows whose quotes are wrong
 * @param repeated lines of rows that are the same as an earlier one, with the line of that
 */
record Table(
    char separator,
    List<String> header,
    List<ColumnProfile> columns,
    int rows,
    Map<Integer, Integer> ragged,
    int raggedCount,
    List<Integer> badQuotes,
    Map<Integer, Integer> repeated,
    int repeatedCount) {
  private static final int LINES_MAX = 50;
  private static final int HASHES_MAX = 1_000_000;
  private static final int DISTINCT_TOTAL_MAX = 400_000;

  static Table of(String text, Optional<String> given) {
    char separator = given.map(Table::named).orElseGet(() -> CsvReader.separatorOf(text));
    CsvReader csv = new CsvReader(text, separator);
    CsvReader.Row first =
        csv.next()
            .orElseThrow(
                () -> new AgentOsException(ErrorCode.INVALID_INPUT, "The table has no row."));
    Reading reading = new Reading(first.cells());
    for (Optional<CsvReader.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
      reading.add(row.get());
    }
    return new Table(
        separator,
        first.cells(),
        List.copyOf(reading.columns),
        reading.rows,
        reading.ragged,
        reading.raggedCount,
        List.copyOf(reading.badQuotes),
        reading.repeated,
        reading.repeatedCount);
  }

  /** A table while rows come in. Owned by one thread. */
  private static final class Reading {
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final Map<Integer, Integer> ragged = new TreeMap<>();
    private final List<Integer> badQuotes = new ArrayList<>();
    private final Map<List<String>, Integer> seen = new HashMap<>();
    private final Map<Integer, Integer> repeated = new TreeMap<>();
    private int rows;
    private int raggedCount;
    private int repeatedCount;

    Reading(List<String> header) {
      header.forEach(name -> columns.add(new ColumnProfile(name.strip())));
    }

    void add(CsvReader.Row row) {
      rows++;
      List<String> cells = row.cells();
      if (cells.size() != columns.size()) {
        raggedCount++;
        if (ragged.size() < LINES_MAX) {
          ragged.put(row.line(), cells.size());
        }
      }
      if (!row.fault().isEmpty() && badQuotes.size() < LINES_MAX) {
        badQuotes.add(row.line());
      }
      int kept = columns.stream().mapToInt(column -> column.distinct().size()).sum();
      for (int i = 0; i < columns.size(); i++) {
        String cell = i < cells.size() ? cells.get(i) : "";
        columns.get(i).add(row.line(), cell, kept < DISTINCT_TOTAL_MAX);
      }
      Integer before = seen.size() < HASHES_MAX ? seen.putIfAbsent(key(cells), row.line()) : null;
      if (before != null) {
        repeatedCount++;
        if (repeated.size() < LINES_MAX) {
          repeated.put(row.line(), before);
        }
      }
    }
  }

  /** Long rows are compared by their beginnings and lengths; equal hashes alone prove nothing. */
  private static List<String> key(List<String> cells) {
    int length = cells.stream().mapToInt(String::length).sum();
    return length <= 2_000 ? cells : Collections.singletonList(length + " " + cells.hashCode());
  }

  private static char named(String separator) {
    return switch (separator) {
      case "comma", "," -> ',';
      case "semicolon", ";" -> ';';
      case "tab", "\t" -> '\t';
      case "bar", "|" -> '|';
      default ->
          throw new AgentOsException(
              ErrorCode.INVALID_INPUT,
              "The separator should be comma, semicolon, tab or bar, and is '%s'."
                  .formatted(separator.length() > 20 ? separator.substring(0, 20) : separator));
    };
  }

  /** The separator in a word. */
  String separatorName() {
    return switch (separator) {
      case ';' -> "semicolons";
      case '\t' -> "tabs";
      case '|' -> "bars";
      default -> "commas";
    };
  }
}
