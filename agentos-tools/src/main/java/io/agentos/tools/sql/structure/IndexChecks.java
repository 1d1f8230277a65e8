package io.agentos.tools.sql.structure;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Constraint;
import io.agentos.tools.sql.structure.Structure.Index;
import io.agentos.tools.sql.structure.Structure.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the definitions of tables and indexes tell, whatever the queries are. */
final class IndexChecks {
  private final Structure structure;
  private final List<Finding> found = new ArrayList<>();

  private IndexChecks(Structure structure) {
    this.structure = structure;
  }

  static List<Finding> findings(Structure structure) {
    IndexChecks checks = new IndexChecks(structure);
    for (Table table : structure.tables()) {
      if (table.isTable() && !table.partition()) {
        checks.foreignKeys(table);
        checks.texts(table);
      }
      checks.broken(table);
      checks.doubled(table);
    }
    return List.copyOf(checks.found);
  }

  private void foreignKeys(Table table) {
    for (Constraint key : structure.constraintsOf(table)) {
      if (!key.isForeignKey() || isIndexed(table, key)) {
        continue;
      }
      String columns = structure.names(table.oid(), key.columns());
      String acts =
          switch (key.onDelete()) {
            case "c" -> "to delete the rows that go with it";
            case "n", "d" -> "to set the column in the rows that point at it";
            default -> "to see whether one points at it";
          };
      found.add(
          new Finding(
              "foreign-key-no-index",
              Severity.MEDIUM,
              Place.named("%s (%s)".formatted(table.quoted(), columns)),
              "The foreign key to %s has no index.".formatted(key.parentName()),
              "Each delete in %s reads the whole of %s %s, and joins over the key read it too."
                  .formatted(key.parentName(), table.quoted(), acts),
              "CREATE INDEX CONCURRENTLY ON %s (%s);".formatted(table.quoted(), columns)));
    }
  }

  /** Whether the columns of a key, in any order, are the first of an index over all rows. */
  private boolean isIndexed(Table table, Constraint key) {
    Set<Integer> wanted = new HashSet<>(key.columns());
    return structure.indexesOf(table).stream()
        .filter(index -> index.valid() && index.columns().size() >= wanted.size())
        .filter(index -> index.method().equals("btree") || wanted.size() == 1)
        .filter(index -> index.predicate().isEmpty() || onlyNotNull(index, wanted))
        .anyMatch(index -> new HashSet<>(index.columns().subList(0, wanted.size())).equals(wanted));
  }

  private boolean onlyNotNull(Index index, Set<Integer> wanted) {
    return wanted.stream()
        .flatMap(number -> structure.column(index.relation(), number).stream())
        .anyMatch(
            column -> index.predicate().equals("(%s IS NOT NULL)".formatted(column.quoted())));
  }

  /** Columns made to be searched by words. */
  private void texts(Table table) {
    for (Column column : structure.columnsOf(table)) {
      boolean indexed =
          structure.indexesOf(table).stream()
              .anyMatch(index ->
                  index.columns().contains(column.number())
                      && (index.method().equals("gin") || index.method().equals("gist")));
      if (column.type().equals("tsvector") && !indexed) {
        found.add(
            new Finding(
                "search-no-index",
                Severity.LOW,
                Place.named(table.quoted() + "." + column.quoted()),
                "The column holds search vectors and has no GIN index.",
                "Each search reads and matches every row.",
                "CREATE INDEX CONCURRENTLY ON %s USING gin (%s);"
                    .formatted(table.quoted(), column.quoted())));
      }
    }
  }

  private void broken(Table table) {
    for (Index index : structure.indexesOf(table)) {
      if (!index.valid()) {
        found.add(
            new Finding(
                "invalid-index",
                Severity.HIGH,
                Place.named(index.quoted()),
                "The index on %s is not valid: building it was broken off."
                    .formatted(table.quoted()),
                "It slows every write down and no query uses it; a unique one does not hold.",
                "DROP INDEX CONCURRENTLY %s;\n%s;"
                    .formatted(index.quoted(), concurrently(index.definition()))));
      }
    }
  }

  private static String concurrently(String definition) {
    return definition.replaceFirst(" INDEX ", " INDEX CONCURRENTLY ");
  }

  private void doubled(Table table) {
    List<Index> indexes = structure.indexesOf(table).stream().filter(Index::valid).toList();
    for (Index index : indexes) {
      if (index.constrains() || index.primary()) {
        continue;
      }
      indexes.stream()
          .filter(other -> !other.equals(index) && covers(other, index))
          .findFirst()
          .ifPresent(other -> found.add(needless(index, other)));
    }
  }

  /**
   * Whether one index can do all that another does. Of two alike only the later one is needless.
   */
  private static boolean covers(Index one, Index other) {
    boolean sameKind = one.method().equals(other.method()) && one.rest().equals(other.rest());
    if (!sameKind || (other.unique() && !one.unique())) {
      return false;
    }
    if (one.keys().equals(other.keys())) {
      boolean stronger = one.constrains() || (one.unique() && !other.unique());
      return stronger || one.quoted().compareTo(other.quoted()) < 0;
    }
    return one.method().equals("btree")
        && !other.unique()
        && one.keys().size() > other.keys().size()
        && one.keys().subList(0, other.keys().size()).equals(other.keys());
  }

  private static Finding needless(Index index, Index other) {
    boolean same = index.keys().equals(other.keys());
    return new Finding(
        same ? "duplicate-index" : "covered-index",
        same ? Severity.MEDIUM : Severity.LOW,
        Place.named(index.quoted()),
        same
            ? "The index holds the same as %s.".formatted(other.quoted())
            : "The index holds the first columns of %s, which serves its searches too."
                .formatted(other.quoted()),
        "Every write has to keep it up to date, and it takes memory from the others.",
        "DROP INDEX CONCURRENTLY %s;".formatted(index.quoted()));
  }
}
