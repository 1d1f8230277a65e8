package io.agentos.tools.sql.structure;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Constraint;
import io.agentos.tools.sql.structure.Structure.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents a database: a page for people, the same as fields, and what the schema should mend. */
public final class SchemaDoc {
  private static final int TABLES_IN_FIELDS_MAX = 500;

  private SchemaDoc() {}

  /**
   * The documentation.
   *
   * @param connection in a transaction, which is left open
   * @param notes what else to say, such as what was left out on the way
   */
  public static ToolResult of(Connection connection, List<String> notes) throws SQLException {
    Structure structure = StructureReader.read(connection);
    Report report = new Report("Schema documentation");
    report.summary(summary(structure));
    DocPages.write(structure, report);
    report.findings(SchemaHabits.findings(structure));
    fields(structure, report);
    structure
        .cut()
        .forEach(what ->
            report.note(
                "There are more than %d %s; only the first are in here."
                    .formatted(StructureReader.ROWS_MAX, what)));
    notes.forEach(report::note);
    return report.result();
  }

  private static String summary(Structure structure) {
    long tables = structure.tables().stream().filter(Table::isTable).count();
    long views = structure.tables().stream().filter(Table::isView).count();
    List<Column> columns =
        structure.tables().stream().flatMap(t -> structure.columnsOf(t).stream()).toList();
    long described = columns.stream().filter(column -> !column.comment().isEmpty()).count();
    if (tables + views == 0) {
      return "There is no table here. Is it the right database, or the right file?";
    }
    return "%s, %s, %s, %s. %d of %s have a description."
        .formatted(
            Words.count(tables, "table"),
            Words.count(views, "view"),
            Words.count(structure.enums().size(), "enum type"),
            Words.count(structure.routines().size(), "function"),
            described,
            Words.count(columns.size(), "column"));
  }

  private static void fields(Structure structure, Report report) {
    report.field("server_version", structure.version());
    report.field(
        "tables",
        structure.tables().stream()
            .limit(TABLES_IN_FIELDS_MAX)
            .map(table -> table(structure, table))
            .toList());
    report.field(
        "enums",
        structure.enums().stream()
            .limit(TABLES_IN_FIELDS_MAX)
            .map(one -> Map.of("name", one.name(), "labels", one.labels()))
            .toList());
    report.field(
        "functions",
        structure.routines().stream()
            .limit(TABLES_IN_FIELDS_MAX)
            .map(one -> Map.of("name", one.name(), "returns", one.returns()))
            .toList());
  }

  private static Map<String, @Nullable Object> table(Structure structure, Table table) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", table.quoted());
    fields.put("kind", table.kindInWords());
    fields.put("description", table.comment());
    fields.put("rls", table.rls());
    fields.put("columns", structure.columnsOf(table).stream().map(SchemaDoc::column).toList());
    fields.put(
        "foreign_keys",
        structure.constraintsOf(table).stream()
            .filter(Constraint::isForeignKey)
            .map(key ->
                Map.of(
                    "columns", structure.names(table.oid(), key.columns()),
                    "references", "%s (%s)".formatted(key.parentName(), key.parentColumns())))
            .toList());
    return fields;
  }

  private static Map<String, Object> column(Column column) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", column.name());
    fields.put("type", column.type());
    fields.put("nullable", !column.notNull());
    fields.put("default", column.defaultValue());
    fields.put("description", column.comment());
    return fields;
  }

  /** What kind of key a column is part of, for people. */
  static String keys(Structure structure, Table table, Column column) {
    Optional<Constraint> primary =
        structure.constraintsOf(table).stream()
            .filter(one -> one.type().equals("p") && one.columns().contains(column.number()))
            .findFirst();
    Optional<Constraint> foreign =
        structure.constraintsOf(table).stream()
            .filter(one -> one.isForeignKey() && one.columns().contains(column.number()))
            .findFirst();
    String first = primary.isPresent() ? "PK" : "";
    String second = foreign.map(one -> "→ " + one.parentName()).orElse("");
    return first + (first.isEmpty() || second.isEmpty() ? "" : ", ") + second;
  }
}
