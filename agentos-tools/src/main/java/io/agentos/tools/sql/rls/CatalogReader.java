package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Catalog} in one read-only transaction. One thread, one use. */
final class CatalogReader {
  /** The most rows of one kind; a database with more is read in part. */
  static final int ROWS_MAX = 50_000;

  private final Connection connection;
  private final List<String> cut = new ArrayList<>();

  CatalogReader(Connection connection) {
    this.connection = connection;
  }

  /** Turns the current row into a value. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Two numbers that belong together. */
  private record Pair(long key, long value) {}

  /**
   * The catalog as of now.
   *
   * @param supabase whether the advice is for Supabase; when empty, the roles tell
   */
  Catalog read(Server.Setting setting, Optional<Boolean> supabase) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CatalogSql.PREPARE);
    }
    Server server = server(setting).supported();
    Roles roles =
        new Roles(
            rows("roles", CatalogSql.ROLES, CatalogReader::role),
            rows("memberships", CatalogSql.MEMBERSHIPS, CatalogReader::membership));
    List<Grant> grants = new ArrayList<>();
    grants.addAll(rows("grants", CatalogSql.RELATION_GRANTS, CatalogReader::grant));
    grants.addAll(rows("grants", CatalogSql.SCHEMA_GRANTS, CatalogReader::grant));
    grants.addAll(rows("grants", CatalogSql.ROUTINE_GRANTS, CatalogReader::grant));
    return new Catalog(
        server,
        supabase.orElseGet(roles::ofSupabase),
        roles,
        byNumber(rows("schemas", CatalogSql.SCHEMAS, CatalogReader::schema), Schema::oid),
        byNumber(rows("tables", CatalogSql.RELATIONS, CatalogReader::relation), Relation::oid),
        grants.stream()
            .filter(grant -> grant.privilege() != Privilege.OTHER)
            .collect(groupingBy(Grant::object)),
        rows("columns", CatalogSql.COLUMNS, CatalogReader::column).stream()
            .collect(groupingBy(Column::relation)),
        rows("policies", CatalogSql.POLICIES, CatalogReader::policy).stream()
            .collect(groupingBy(Policy::relation)),
        numbers(CatalogSql.POLICY_COLUMNS, pair -> (int) pair.value()),
        numbers(CatalogSql.POLICY_ROUTINES, Pair::value).keySet(),
        numbers(CatalogSql.VIEW_SOURCES, Pair::value),
        rows("functions", CatalogSql.ROUTINES, CatalogReader::routine),
        rows("indexes", CatalogSql.INDEXES, CatalogReader::index).stream()
            .collect(groupingBy(Index::relation)),
        rows("foreign keys", CatalogSql.FOREIGN_KEYS, CatalogReader::foreignKey),
        cut.stream().distinct().toList());
  }

  private Server server(Server.Setting setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CatalogSql.SERVER)) {
      row.next();
      return new Server(
          row.getInt("version"),
          text(row, "version_text"),
          text(row, "database"),
          row.getLong("current_role"),
          setting);
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

  private <T> Map<Long, Set<T>> numbers(String sql, Function<Pair, T> value) throws SQLException {
    return rows("dependencies", sql, row -> new Pair(row.getLong(1), row.getLong(2))).stream()
        .collect(groupingBy(Pair::key, mapping(value, toSet())));
  }

  private static <T> Map<Long, T> byNumber(List<T> values, ToLongFunction<T> number) {
    Map<Long, T> map = new LinkedHashMap<>();
    values.forEach(value -> map.put(number.applyAsLong(value), value));
    return map;
  }

  private static Role role(ResultSet row) throws SQLException {
    return new Role(
        row.getLong("oid"),
        text(row, "rolname"),
        text(row, "quoted"),
        row.getBoolean("rolsuper"),
        row.getBoolean("rolbypassrls"),
        row.getBoolean("rolcanlogin"),
        text(row, "comment"));
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return new Membership(row.getLong("roleid"), row.getLong("member"), row.getLong("grantor"));
  }

  private static Schema schema(ResultSet row) throws SQLException {
    return new Schema(
        row.getLong("oid"),
        text(row, "nspname"),
        text(row, "quoted"),
        row.getLong("nspowner"),
        text(row, "comment"));
  }

  private static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getLong("object"), row.getLong("grantee"), Privilege.named(text(row, "privilege")));
  }

  private static Relation relation(ResultSet row) throws SQLException {
    return new Relation(
        row.getLong("oid"),
        row.getLong("relnamespace"),
        text(row, "relname"),
        text(row, "quoted"),
        Relation.Kind.of(text(row, "relkind")),
        row.getLong("relowner"),
        row.getBoolean("relrowsecurity"),
        row.getBoolean("relforcerowsecurity"),
        row.getBoolean("relispartition"),
        row.getBoolean("invoker"),
        row.getBoolean("updatable"),
        text(row, "comment"));
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getLong("attrelid"),
        row.getInt("attnum"),
        text(row, "attname"),
        text(row, "quoted"),
        text(row, "type"),
        row.getBoolean("generated"));
  }

  private static Policy policy(ResultSet row) throws SQLException {
    return new Policy(
        row.getLong("oid"),
        row.getLong("polrelid"),
        text(row, "quoted"),
        Policy.Command.of(text(row, "polcmd")),
        row.getBoolean("polpermissive"),
        list(row, "roles").stream().map(Long::valueOf).toList(),
        text(row, "using_expression"),
        text(row, "check_expression"),
        text(row, "comment"));
  }

  private static Routine routine(ResultSet row) throws SQLException {
    return new Routine(
        row.getLong("oid"),
        row.getLong("pronamespace"),
        text(row, "quoted"),
        row.getLong("proowner"),
        row.getBoolean("is_trigger"),
        Optional.ofNullable(row.getString("search_path")),
        text(row, "comment"));
  }

  private static Index index(ResultSet row) throws SQLException {
    return new Index(
        row.getLong("indrelid"),
        text(row, "quoted"),
        text(row, "constraint_name"),
        columnNumbers(row, "columns"),
        row.getBoolean("indisunique"),
        row.getBoolean("indisprimary"),
        row.getBoolean("partial"),
        row.getBoolean("referenced"),
        text(row, "comment"));
  }

  private static ForeignKey foreignKey(ResultSet row) throws SQLException {
    return new ForeignKey(
        row.getLong("conrelid"),
        text(row, "quoted"),
        columnNumbers(row, "columns"),
        row.getLong("confrelid"),
        columnNumbers(row, "parent_columns"),
        text(row, "on_update"),
        text(row, "on_delete"),
        text(row, "deferral"),
        text(row, "comment"));
  }

  private static List<Integer> columnNumbers(ResultSet row, String label) throws SQLException {
    return list(row, label).stream().map(Integer::valueOf).toList();
  }

  private static List<String> list(ResultSet row, String label) throws SQLException {
    return Arrays.stream(text(row, label).split(",")).filter(item -> !item.isEmpty()).toList();
  }

  private static String text(ResultSet row, String label) throws SQLException {
    @Nullable String value = row.getString(label);
    return value == null ? "" : value;
  }
}
