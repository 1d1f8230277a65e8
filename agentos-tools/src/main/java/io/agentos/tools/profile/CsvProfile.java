package io.agentos.tools.profile;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool {@code csv.profile}. */
final class CsvProfile implements TextTool.Work {
  private static final GivenText.Kind TABLE =
      new GivenText.Kind("the table", List.of(".csv", ".tsv", ".txt"), 32 * 1024 * 1024);
  private static final int TOP_SHOWN = 3;
  private static final int TOP_IN_FIELDS = 10;

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "csv.profile",
        "Profiles a table in CSV: rows, types, missing and different values, ranges, quartiles and most"
            + " frequent values of each column; and what is wrong with it: rows of other length, mixed"
            + " types and notations, repeated rows and keys, spellings, outliers, lost digits, broken"
            + " letters, formulas, personal data.",
        InputSchema.empty()
            .text("table", "The table, or a file that ends in .csv, .tsv or .txt", TABLE.bytesMax())
            .required("table")
            .text("separator", "comma, semicolon, tab or bar; found out when left out", 20),
        Duration.ofMinutes(3));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText given = texts.read(arguments.text("table"), TABLE);
    Table table = Table.of(given.text(), arguments.optionalText("separator"));
    Report report = new Report("CSV profile" + (given.name().isEmpty() ? "" : ": " + given.name()));
    report.summary(
        "%s with %s, cut by %s. %s of %s cells are empty."
            .formatted(
                Words.count(table.rows(), "row"),
                Words.count(table.columns().size(), "column"),
                table.separatorName(),
                Printable.number(table.columns().stream().mapToLong(ColumnProfile::empty).sum()),
                Printable.number((long) table.profiled() * table.columns().size())));
    if (table.profiled() < table.rows()) {
      report.summary(
          "%s too many cells, which no figure of a column counts."
              .formatted(Words.count(table.rows() - table.profiled(), "row has", "rows have")));
    }
    tables(report, table);
    report.findings(TableRules.findings(table, given.name()));
    report.field("rows", table.rows());
    report.field("separator", table.separatorName());
    report.field("columns", table.columns().stream().map(CsvProfile::fields).toList());
    if (table.columns().stream().anyMatch(ColumnProfile::numbersCut)) {
      report.note(
          "Quartiles and outliers are of the first %s numbers of a column."
              .formatted(Printable.number(ColumnProfile.NUMBERS_MAX)));
    }
    report.note("Quartiles by linear interpolation (R type 7); outliers by Tukey's outer fences.");
    return report.result();
  }

  private static void tables(Report report, Table table) {
    report.table(
        "Columns",
        List.of("Column", "Type", "Filled", "Different", "Smallest", "Median", "Largest", "Mean"),
        table.columns().stream().map(CsvProfile::row).toList());
    report.table(
        "Most frequent values",
        List.of("Column", "Values, and how often"),
        table.columns().stream()
            .filter(column -> !top(column, TOP_SHOWN).isEmpty())
            .map(column ->
                List.of(
                    shownName(column),
                    String.join(
                        ", ", top(column, TOP_SHOWN).stream().map(CsvProfile::shown).toList())))
            .toList());
  }

  private static boolean counts(ColumnProfile column) {
    return column.type().isNumber() || column.type() == Value.Type.DATE;
  }

  private static String different(ColumnProfile column) {
    String count = Printable.number(column.distinct().size());
    return column.distinctCut() ? "more than " + count : count;
  }

  private static String shownName(ColumnProfile column) {
    return Words.code(column.name().isEmpty() ? "(no name)" : column.name());
  }

  private static List<String> row(ColumnProfile column) {
    List<String> row = new ArrayList<>();
    row.add(shownName(column));
    row.add(column.type().id());
    row.add(Printable.number(column.filled()));
    row.add(different(column));
    if (counts(column)) {
      double[] sorted = column.sorted();
      row.add(Numbers.text(ColumnProfile.quantile(sorted, 0), column.type()));
      row.add(Numbers.text(ColumnProfile.quantile(sorted, 0.5), column.type()));
      row.add(Numbers.text(ColumnProfile.quantile(sorted, 1), column.type()));
      row.add(column.type() == Value.Type.DATE ? "" : Numbers.text(column.mean()));
    } else {
      row.addAll(List.of("", "", "", ""));
    }
    return row;
  }

  private static String shown(Map.Entry<String, Integer> entry) {
    return "%s (%s)"
        .formatted(
            Words.code(Printable.line(entry.getKey(), 30)), Printable.number(entry.getValue()));
  }

  /** The most frequent values; none where each is there once, or where they are about people. */
  private static List<Map.Entry<String, Integer>> top(ColumnProfile column, int max) {
    if (column.personal()) {
      return List.of();
    }
    return column.distinct().entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(max)
        .toList();
  }

  private static Map<String, @Nullable Object> fields(ColumnProfile column) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", column.name());
    fields.put("type", column.type().id());
    fields.put("filled", column.filled());
    fields.put("empty", column.empty());
    fields.put("different", column.distinct().size());
    fields.put("different_is_exact", !column.distinctCut());
    fields.put("length_max", column.lengthMax());
    if (counts(column)) {
      double[] sorted = column.sorted();
      for (Map.Entry<String, Double> one :
          List.of(
              Map.entry("min", 0.0),
              Map.entry("quartile_1", 0.25),
              Map.entry("median", 0.5),
              Map.entry("quartile_3", 0.75),
              Map.entry("max", 1.0))) {
        fields.put(
            one.getKey(),
            Numbers.text(ColumnProfile.quantile(sorted, one.getValue()), column.type()));
      }
      if (column.type() != Value.Type.DATE) {
        fields.put("mean", Numbers.text(column.mean()));
        fields.put("standard_deviation", Numbers.text(column.deviation()));
      }
    }
    fields.put(
        "most_frequent",
        top(column, TOP_IN_FIELDS).stream()
            .map(entry ->
                Map.of("value", Printable.line(entry.getKey(), 200), "count", entry.getValue()))
            .toList());
    return fields;
  }
}
