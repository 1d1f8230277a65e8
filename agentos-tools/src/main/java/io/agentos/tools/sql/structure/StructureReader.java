package io.agentos.tools.sql.structure;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.agentos.tools.sql.structure.Structure.Choice;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Constraint;
import io.agentos.tools.sql.structure.Structure.Index;
import io.agentos.tools.sql.structure.Structure.Policy;
import io.agentos.tools.sql.structure.Structure.Routine;
import io.agentos.tools.sql.structure.Structure.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a {@link Structure} in the transaction of its connection. One thread, one use. */
final class StructureReader {
  /** The most rows of one kind; a database with more is read in part. */
  static final int ROWS_MAX = 20_000;

  private final Connection connection;
  private final List<String> cut = new ArrayList<>();

  private StructureReader(Connection connection) {
    this.connection = connection;
  }

  /** Turns the current row into a value. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The definition of a trigger and its table. */
  private record Trigger(long relation, String definition) {}

  static Structure read(Connection connection) throws SQLException {
    return new StructureReader(connection).read();
  }

  private Structure read() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(StructureSql.PREPARE);
    }
    Map<Long, List<String>> triggers =
        rows("triggers", StructureSql.TRIGGERS, StructureReader::trigger).stream()
            .collect(groupingBy(Trigger::relation, mapping(Trigger::definition, toList())));
    try (Statement statement = connection.createStatement();
        ResultSet server = statement.executeQuery(StructureSql.SERVER)) {
      server.next();
      int days = server.getInt("stats_days");
      Optional<Integer> statsDays = server.wasNull() ? Optional.empty() : Optional.of(days);
      return new Structure(
          text(server, "name"),
          text(server, "version"),
          statsDays,
          rows("tables", StructureSql.TABLES, StructureReader::table),
          rows("columns", StructureSql.COLUMNS, StructureReader::column).stream()
              .collect(groupingBy(Column::relation)),
          rows("constraints", StructureSql.CONSTRAINTS, StructureReader::constraint).stream()
              .collect(groupingBy(Constraint::relation)),
          rows("indexes", StructureSql.INDEXES, StructureReader::index).stream()
              .collect(groupingBy(Index::relation)),
          rows("policies", StructureSql.POLICIES, StructureReader::policy).stream()
              .collect(groupingBy(Policy::relation)),
          triggers,
          rows("enums", StructureSql.ENUMS, StructureReader::choice),
          rows("functions", StructureSql.ROUTINES, StructureReader::routine),
          List.copyOf(cut));
    }
  }

  private <T> List<T> rows(String what, String sql, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, ROWS_MAX);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
          values.add(reader.read(rows));
        }
        if (values.size() == ROWS_MAX) {
          cut.add(what);
        }
        return List.copyOf(values);
      }
    }
  }

  private static Table table(ResultSet row) throws SQLException {
    return new Table(
        row.getLong("oid"),
        text(row, "schema"),
        text(row, "name"),
        text(row, "quoted"),
        text(row, "kind"),
        text(row, "comment"),
        row.getBoolean("rls"),
        row.getBoolean("forced"),
        row.getBoolean("partition"),
        row.getLong("rows"),
        row.getLong("seq_scans"),
        row.getLong("seq_rows"),
        text(row, "definition"));
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getLong("relation"),
        row.getInt("number"),
        text(row, "name"),
        text(row, "quoted"),
        text(row, "type"),
        row.getBoolean("not_null"),
        row.getBoolean("identity"),
        row.getBoolean("generated"),
        text(row, "default_value"),
        text(row, "comment"));
  }

  private static Constraint constraint(ResultSet row) throws SQLException {
    return new Constraint(
        row.getLong("relation"),
        text(row, "name"),
        text(row, "type"),
        text(row, "definition"),
        numbers(text(row, "columns")),
        row.getLong("parent"),
        text(row, "parent_name"),
        text(row, "parent_column_names"),
        parts(text(row, "parent_types"), ", "),
        text(row, "on_delete"));
  }

  private static Index index(ResultSet row) throws SQLException {
    List<Integer> columns = numbers(text(row, "columns"));
    List<String> classes = parts(text(row, "classes"), ",");
    List<String> collations = parts(text(row, "collations"), ",");
    List<String> options = parts(text(row, "options"), ",");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      keys.add(
          "%d %s %s %s"
              .formatted(columns.get(i), at(classes, i), at(collations, i), at(options, i)));
    }
    String predicate = text(row, "predicate");
    String rest = String.join("\0", text(row, "expressions"), predicate, text(row, "included"));
    return new Index(
        row.getLong("relation"),
        text(row, "name"),
        text(row, "quoted"),
        text(row, "definition"),
        text(row, "method"),
        List.copyOf(keys),
        columns,
        predicate,
        rest,
        row.getBoolean("is_unique"),
        row.getBoolean("is_primary"),
        row.getBoolean("is_valid"),
        row.getBoolean("constrains"),
        row.getLong("bytes"),
        row.getLong("scans"));
  }

  private static String at(List<String> values, int index) {
    return index < values.size() ? values.get(index) : "";
  }

  private static Policy policy(ResultSet row) throws SQLException {
    return new Policy(
        row.getLong("relation"),
        text(row, "name"),
        text(row, "command"),
        text(row, "roles"),
        text(row, "using_expression"),
        text(row, "check_expression"));
  }

  private static Trigger trigger(ResultSet row) throws SQLException {
    return new Trigger(row.getLong("relation"), text(row, "definition"));
  }

  private static Choice choice(ResultSet row) throws SQLException {
    return new Choice(text(row, "name"), text(row, "labels"), text(row, "comment"));
  }

  private static Routine routine(ResultSet row) throws SQLException {
    return new Routine(
        text(row, "name"),
        text(row, "returns"),
        text(row, "language"),
        row.getBoolean("definer"),
        text(row, "comment"));
  }

  private static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator, -1));
  }

  private static List<Integer> numbers(String text) {
    return parts(text, ",").stream().map(Integer::valueOf).toList();
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
