package io.agentos.tools.profile;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.csv.CsvReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table that was gone through once.
 *
 * @param profiled rows whose cells are in the columns: all but those with too many, for which of
 *     them is one too many nobody knows
 * @param ragged lines of rows with more or fewer cells than the first
 * @param badQuotes lines of rows whose quotes are wrong
 * @param repeated lines of rows that are the same as an earlier one, with the line of that
 */
record Table(
    char separator,
    List<String> header,
    List<ColumnProfile> columns,
    int rows,
    int profiled,
    Map<Integer, Integer> ragged,
    int raggedCount,
    List<Integer> badQuotes,
    Map<Integer, Integer> repeated,
    int repeatedCount) {
  private static final int LINES_MAX = 50;
  private static final int COMPARED_LENGTH_MAX = 2_000;
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
        reading.profiled,
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

    /** As many as there are names; more where each line ends in needless separators. */
    private int cellsMax;

    private int rows;
    private int profiled;
    private int raggedCount;
    private int repeatedCount;

    Reading(List<String> header) {
      header.forEach(name -> columns.add(new ColumnProfile(name.strip())));
      cellsMax = header.size();
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
      if (rows == 1 && cells.stream().skip(columns.size()).allMatch(String::isBlank)) {
        cellsMax = Math.max(cellsMax, cells.size());
      }
      if (cells.size() <= cellsMax) {
        profile(row.line(), cells);
      }
      Integer before = seen.size() < HASHES_MAX ? seen.putIfAbsent(key(cells), row.line()) : null;
      if (before != null) {
        repeatedCount++;
        if (repeated.size() < LINES_MAX) {
          repeated.put(row.line(), before);
        }
      }
    }

    private void profile(int line, List<String> cells) {
      profiled++;
      int kept = columns.stream().mapToInt(column -> column.distinct().size()).sum();
      for (int i = 0; i < columns.size(); i++) {
        String cell = i < cells.size() ? cells.get(i) : "";
        columns.get(i).add(line, cell, kept < DISTINCT_TOTAL_MAX);
      }
    }
  }

  /** What tells rows apart; long ones by a digest, for the memory's sake. */
  private static List<String> key(List<String> cells) {
    if (cells.stream().mapToInt(String::length).sum() <= COMPARED_LENGTH_MAX) {
      return cells;
    }
    MessageDigest digest = sha256();
    for (String cell : cells) {
      byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return List.of(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
