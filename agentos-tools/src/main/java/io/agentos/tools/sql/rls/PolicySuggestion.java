package io.agentos.tools.sql.rls;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policy that a table probably wants, or one that lets nobody in until someone knows. */
final class PolicySuggestion {
  private PolicySuggestion() {}

  /** A statement that adds a policy, and a comment that tells how it was found. */
  static String sql(Catalog catalog, Relation table) {
    Optional<String> guess = ownRows(catalog, table);
    if (guess.isPresent()) {
      return """
      -- A guess from the columns: everyone gets their own rows. Change it if that is wrong.
      CREATE POLICY %s ON %s FOR ALL TO authenticated
        USING (%s)
        WITH CHECK (%s);\
      """
          .formatted(
              freeName(catalog, table, "own_rows"), table.quoted(), guess.get(), guess.get());
    }
    return """
    -- Lets nobody in until you write the rule. Replace both false, for example by
    -- %s
    CREATE POLICY %s ON %s FOR ALL TO PUBLIC
      USING (false)
      WITH CHECK (false);\
    """
        .formatted(example(catalog), freeName(catalog, table, "nobody_yet"), table.quoted());
  }

  /** A condition by which everyone gets their own rows; empty when the columns do not tell. */
  static Optional<String> ownRows(Catalog catalog, Relation table) {
    if (!catalog.supabase()) {
      return Optional.empty();
    }
    return userColumn(catalog, table).map(column -> "(SELECT auth.uid()) = " + column.quoted());
  }

  private static Optional<Column> userColumn(Catalog catalog, Relation table) {
    Set<Integer> toUsers =
        catalog.foreignKeys().stream()
            .filter(key -> key.relation() == table.oid() && key.columns().size() == 1)
            .filter(key -> isUsers(catalog.relations().get(key.parent())))
            .map(key -> key.columns().getFirst())
            .collect(Collectors.toSet());
    return catalog.columnsOf(table.oid()).stream()
        .filter(column -> column.type().equals("uuid"))
        .filter(column -> toUsers.contains(column.number()) || PersonalColumns.namesUser(column))
        .min(
            Comparator.comparing((Column column) -> !toUsers.contains(column.number()))
                .thenComparingInt(Column::number));
  }

  private static boolean isUsers(@Nullable Relation relation) {
    return relation != null && relation.quoted().equals("auth.users");
  }

  private static String example(Catalog catalog) {
    return catalog.supabase()
        ? "(SELECT auth.uid()) = user_id"
        : "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid)";
  }

  private static String freeName(Catalog catalog, Relation table, String wanted) {
    Set<String> taken = catalog.policiesOf(table).map(Policy::quoted).collect(Collectors.toSet());
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
