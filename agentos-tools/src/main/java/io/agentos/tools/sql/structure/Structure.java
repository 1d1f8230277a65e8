package io.agentos.tools.sql.structure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a database is made of. Immutable.
 *
 * @param statsDays for how many days the server has counted what is used; empty when unknown
 * @param cut kinds of things of which there are more than were read
 */
record Structure(
    String database,
    String version,
    Optional<Integer> statsDays,
    List<Table> tables,
    Map<Long, List<Column>> columns,
    Map<Long, List<Constraint>> constraints,
    Map<Long, List<Index>> indexes,
    Map<Long, List<Policy>> policies,
    Map<Long, List<String>> triggers,
    List<Choice> enums,
    List<Routine> routines,
    List<String> cut) {

  /** A table, or what is read like one. */
  record Table(
      long oid,
      String schema,
      String name,
      String quoted,
      String kind,
      String comment,
      boolean rls,
      boolean forced,
      boolean partition,
      long rows,
      long seqScans,
      long seqRows,
      String definition) {

    boolean isTable() {
      return kind.equals("r") || kind.equals("p");
    }

    boolean isView() {
      return kind.equals("v") || kind.equals("m");
    }

    /** For people. */
    String kindInWords() {
      return switch (kind) {
        case "v" -> "view";
        case "m" -> "materialized view";
        case "f" -> "foreign table";
        case "p" -> "partitioned table";
        default -> "table";
      };
    }
  }

  record Column(
      long relation,
      int number,
      String name,
      String quoted,
      String type,
      boolean notNull,
      boolean identity,
      boolean generated,
      String defaultValue,
      String comment) {}

  /**
   * A constraint.
   *
   * @param type as in {@code pg_constraint.contype}
   * @param parentTypes types of the columns that a foreign key points at, without lengths
   * @param onDelete as in {@code pg_constraint.confdeltype}
   */
  record Constraint(
      long relation,
      String name,
      String type,
      String definition,
      List<Integer> columns,
      long parent,
      String parentName,
      String parentColumns,
      List<String> parentTypes,
      String onDelete) {

    boolean isForeignKey() {
      return type.equals("f");
    }
  }

  /**
   * An index.
   *
   * @param keys for each key column its number, operator class, collation and options, as one text
   * @param columns numbers of the key columns; 0 for an expression
   * @param rest expressions, predicate and included columns: what else makes two indexes differ
   */
  record Index(
      long relation,
      String name,
      String quoted,
      String definition,
      String method,
      List<String> keys,
      List<Integer> columns,
      String predicate,
      String rest,
      boolean unique,
      boolean primary,
      boolean valid,
      boolean constrains,
      long bytes,
      long scans) {}

  record Policy(
      long relation, String name, String command, String roles, String using, String check) {}

  /** An enum type. */
  record Choice(String name, String labels, String comment) {}

  record Routine(String name, String returns, String language, boolean definer, String comment) {}

  List<Column> columnsOf(Table table) {
    return columns.getOrDefault(table.oid(), List.of());
  }

  Optional<Column> column(long relation, int number) {
    return columns.getOrDefault(relation, List.of()).stream()
        .filter(column -> column.number() == number)
        .findFirst();
  }

  List<Constraint> constraintsOf(Table table) {
    return constraints.getOrDefault(table.oid(), List.of());
  }

  List<Index> indexesOf(Table table) {
    return indexes.getOrDefault(table.oid(), List.of());
  }

  /** The first column of each index that begins with one, by schema and name of the index. */
  Map<String, String> leadingColumns() {
    Map<String, String> leading = new HashMap<>();
    for (Table table : tables) {
      for (Index index : indexesOf(table)) {
        column(table.oid(), index.columns().getFirst())
            .ifPresent(column -> leading.put(table.schema() + "." + index.name(), column.name()));
      }
    }
    return leading;
  }

  /** Names of columns for SQL, with commas. */
  String names(long relation, List<Integer> numbers) {
    return String.join(
        ", ",
        numbers.stream()
            .flatMap(number -> column(relation, number).stream())
            .map(Column::quoted)
            .toList());
  }
}
