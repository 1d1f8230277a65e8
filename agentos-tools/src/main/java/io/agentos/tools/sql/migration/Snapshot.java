package io.agentos.tools.sql.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a migration can change, as of one moment of its transaction.
 *
 * @param tables by number
 * @param columns by table and number, as {@code table/number}
 * @param locks held by the transaction, of tables only
 * @param checked columns that a valid check holds to be there, as {@code table/name}
 */
record Snapshot(
    Map<Long, Table> tables, Map<String, Column> columns, Set<Lock> locks, Set<String> checked) {
  private static final int ROWS_MAX = 20_000;

  /**
   * A table.
   *
   * @param file that holds its rows; another one after a rewrite, 0 for none
   */
  record Table(long oid, String name, boolean inPublic, boolean rls, long file) {}

  /**
   * A column.
   *
   * @param mustBeGiven whether a row cannot be without it and nothing fills it
   */
  record Column(long relation, String name, boolean mustBeGiven) {}

  record Lock(long relation, LockMode mode) {}

  /** Takes one row. */
  private interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  static Snapshot of(Connection connection) throws SQLException {
    Map<Long, Table> tables = new LinkedHashMap<>();
    rows(
        connection,
        MigrationSql.TABLES,
        row ->
            tables.put(
                row.getLong("oid"),
                new Table(
                    row.getLong("oid"),
                    row.getString("name"),
                    row.getBoolean("public"),
                    row.getBoolean("rls"),
                    row.getLong("file"))));
    Map<String, Column> columns = new LinkedHashMap<>();
    rows(
        connection,
        MigrationSql.COLUMNS,
        row ->
            columns.put(
                row.getLong("relation") + "/" + row.getInt("number"),
                new Column(
                    row.getLong("relation"),
                    row.getString("name"),
                    row.getBoolean("must_be_given"))));
    return new Snapshot(tables, columns, locks(connection, tables), checked(connection));
  }

  private static Set<Lock> locks(Connection connection, Map<Long, Table> tables)
      throws SQLException {
    Set<Lock> locks = new LinkedHashSet<>();
    rows(
        connection,
        MigrationSql.LOCKS,
        row -> {
          long relation = row.getLong("relation");
          LockMode.named(row.getString("mode"))
              .filter(mode -> tables.containsKey(relation))
              .ifPresent(mode -> locks.add(new Lock(relation, mode)));
        });
    return locks;
  }

  private static Set<String> checked(Connection connection) throws SQLException {
    Set<String> checked = new LinkedHashSet<>();
    rows(
        connection,
        MigrationSql.CHECKED_COLUMNS,
        row -> checked.add(row.getLong("relation") + "/" + row.getString("name")));
    return checked;
  }

  private static void rows(Connection connection, String sql, Taking taking) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, ROWS_MAX);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taking.take(rows);
        }
      }
    }
  }

  String nameOf(long relation) {
    Table table = tables.get(relation);
    return table == null ? "a table" : table.name();
  }
}
