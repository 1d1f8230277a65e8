package io.agentos.tools.sql.rls;

import io.agentos.tools.sql.rls.PolicyExpression.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Indexes that policies want, and keys that tell one tenant about the rows of another. */
final class KeyChecks implements Check {

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    Access access = new Access(catalog);
    Stream<Finding> indexes = catalog.ownTables().flatMap(table -> missingIndexes(catalog, table));
    Stream<Finding> uniques = catalog.ownTables().flatMap(table -> uniques(catalog, access, table));
    Stream<Finding> keys =
        catalog.foreignKeys().stream()
            .map(key -> foreignKey(catalog, key))
            .flatMap(Optional::stream);
    return Stream.of(indexes, uniques, keys).flatMap(found -> found);
  }

  private static Stream<Finding> missingIndexes(Catalog catalog, Relation table) {
    if (table.partition()) {
      return Stream.empty();
    }
    Set<Integer> indexed =
        catalog.indexesOf(table.oid()).stream()
            .filter(index -> !index.partial())
            .map(index -> index.columns().getFirst())
            .collect(Collectors.toSet());
    return PolicyChecks.comparedColumns(catalog, table).stream()
        .filter(column -> !indexed.contains(column.number()))
        .map(column ->
            new Finding(
                Rule.POLICY_NO_INDEX,
                Severity.LOW,
                new Target(table.quoted() + "." + column.quoted(), table.comment()),
                "A policy compares it, and no index starts with it.",
                "CREATE INDEX ON %s (%s);".formatted(table.quoted(), column.quoted())));
  }

  /** The columns by which policies tell tenants (groups of users) apart. */
  private static List<Column> tenantColumns(Catalog catalog, Relation table) {
    return PolicyChecks.comparedColumns(catalog, table).stream()
        .filter(column -> PolicyChecks.comparison(catalog, table, column) != Comparison.TO_USER)
        .filter(column -> !PersonalColumns.namesPerson(column))
        .filter(column -> !isKeyAlone(catalog, table, column))
        .toList();
  }

  private static boolean isKeyAlone(Catalog catalog, Relation table, Column column) {
    return catalog.indexesOf(table.oid()).stream()
        .anyMatch(index -> index.unique() && index.columns().equals(List.of(column.number())));
  }

  private static Stream<Finding> uniques(Catalog catalog, Access access, Relation table) {
    List<Column> tenant = tenantColumns(catalog, table);
    boolean written = access.exposures(table).stream().anyMatch(Exposure::changes);
    if (tenant.isEmpty() || !written) {
      return Stream.empty();
    }
    Set<Integer> tenantNumbers = tenant.stream().map(Column::number).collect(Collectors.toSet());
    return catalog.indexesOf(table.oid()).stream()
        .filter(index -> index.unique() && !index.partial() && !index.columns().contains(0))
        .filter(index -> index.columns().stream().noneMatch(tenantNumbers::contains))
        .filter(index -> chosenByClient(catalog, table, index))
        .map(index -> unique(catalog, table, tenant.getFirst(), index));
  }

  /** Whether people choose the values: random and counted ones cannot be guessed to be there. */
  private static boolean chosenByClient(Catalog catalog, Relation table, Index index) {
    return index.columns().stream()
        .flatMap(number -> catalog.column(table.oid(), number).stream())
        .anyMatch(column -> !column.generated() && !column.type().equals("uuid"));
  }

  private static Finding unique(Catalog catalog, Relation table, Column tenant, Index index) {
    String columns = names(catalog, table.oid(), index.columns());
    return new Finding(
        Rule.UNIQUE_ACROSS_TENANTS,
        Severity.LOW,
        new Target("%s (%s)".formatted(table.quoted(), columns), index.comment()),
        "Whoever adds a row learns whether any tenant has this value in %s.".formatted(columns),
        uniqueFix(table, index, tenant.quoted() + ", " + columns));
  }

  private static String uniqueFix(Relation table, Index index, String columns) {
    if (index.referenced()) {
      return """
      -- Other tables point at it, so that it cannot change by itself. Repair those foreign keys
      -- first, or say that it is on purpose:
      COMMENT ON CONSTRAINT %s ON %s IS
        %s;\
      """
          .formatted(
              index.constraint(),
              table.quoted(),
              Acceptance.comment(
                  index.comment(), Rule.UNIQUE_ACROSS_TENANTS, "other tables point at it"));
    }
    if (index.constraint().isEmpty()) {
      return "DROP INDEX %s;\nCREATE UNIQUE INDEX ON %s (%s);"
          .formatted(index.quoted(), table.quoted(), columns);
    }
    return "ALTER TABLE %1$s DROP CONSTRAINT %2$s,\n  ADD CONSTRAINT %2$s %3$s (%4$s);"
        .formatted(
            table.quoted(),
            index.constraint(),
            index.primary() ? "PRIMARY KEY" : "UNIQUE",
            columns);
  }

  private static Optional<Finding> foreignKey(Catalog catalog, ForeignKey key) {
    Relation child = catalog.relations().get(key.relation());
    Relation parent = catalog.relations().get(key.parent());
    if (child == null || parent == null || catalog.ofSupabase(parent)) {
      return Optional.empty();
    }
    List<Column> parents = tenantColumns(catalog, parent);
    Optional<Column> tenant =
        tenantColumns(catalog, child).stream()
            .filter(column -> !key.columns().contains(column.number()))
            .filter(column -> parents.stream().anyMatch(p -> p.name().equals(column.name())))
            .findFirst();
    return tenant.map(column ->
        new Finding(
            Rule.KEY_ACROSS_TENANTS,
            Severity.LOW,
            new Target("%s on %s".formatted(key.quoted(), child.quoted()), key.comment()),
            "A row of %s can point at a row of %s with another %s."
                .formatted(child.quoted(), parent.quoted(), column.quoted()),
            keyFix(catalog, key, child, column)));
  }

  private static String keyFix(Catalog catalog, ForeignKey key, Relation child, Column tenant) {
    Relation parent = Objects.requireNonNull(catalog.relations().get(key.parent()));
    String own = names(catalog, child.oid(), key.columns());
    String parents = names(catalog, parent.oid(), key.parentColumns());
    String both = tenant.quoted() + ", " + parents;
    String unique =
        hasUnique(catalog, parent, tenant, key)
            ? ""
            : "ALTER TABLE %s ADD UNIQUE (%s);\n".formatted(parent.quoted(), both);
    String onDelete =
        key.onDelete().contains(" SET ")
            ? "%s (%s)".formatted(key.onDelete(), own)
            : key.onDelete();
    String actions =
        Stream.of(onDelete, key.onUpdate(), key.deferral())
            .filter(action -> !action.isEmpty())
            .map(action -> " " + action)
            .collect(Collectors.joining());
    return unique
        + "ALTER TABLE %s DROP CONSTRAINT %s,\n  ADD CONSTRAINT %s FOREIGN KEY (%s)\n"
            .formatted(child.quoted(), key.quoted(), key.quoted(), tenant.quoted() + ", " + own)
        + "    REFERENCES %s (%s)%s;".formatted(parent.quoted(), both, actions);
  }

  private static boolean hasUnique(
      Catalog catalog, Relation parent, Column tenant, ForeignKey key) {
    Set<Integer> wanted = new HashSet<>(key.parentColumns());
    catalog.columnsOf(parent.oid()).stream()
        .filter(column -> column.name().equals(tenant.name()))
        .forEach(column -> wanted.add(column.number()));
    return catalog.indexesOf(parent.oid()).stream()
        .filter(index -> index.unique() && !index.partial())
        .anyMatch(index -> new HashSet<>(index.columns()).equals(wanted));
  }

  private static String names(Catalog catalog, long table, List<Integer> numbers) {
    List<String> names = new ArrayList<>();
    for (int number : numbers) {
      catalog.column(table, number).ifPresent(column -> names.add(column.quoted()));
    }
    return String.join(", ", names);
  }
}
