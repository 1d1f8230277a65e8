package io.agentos.tools.sql.rls;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the catalogs of one database say, read once.
 *
 * @param supabase whether the advice is for Supabase: its roles and its functions for the user
 * @param relations by number, those of Supabase itself too
 * @param grants by number of the relation, schema or routine; without those to its owner
 * @param columns by number of the table, in order
 * @param policies by number of the table
 * @param policyColumns by number of the policy: columns of its own table that it reads
 * @param routinesInPolicies numbers of the routines that policies call
 * @param viewSources by number of the view: what it reads directly
 * @param indexes by number of the table
 * @param cut what was not read whole because there is too much of it
 */
record Catalog(
    Server server,
    boolean supabase,
    Roles roles,
    Map<Long, Schema> schemas,
    Map<Long, Relation> relations,
    Map<Long, List<Grant>> grants,
    Map<Long, List<Column>> columns,
    Map<Long, List<Policy>> policies,
    Map<Long, Set<Integer>> policyColumns,
    Set<Long> routinesInPolicies,
    Map<Long, Set<Long>> viewSources,
    List<Routine> routines,
    Map<Long, List<Index>> indexes,
    List<ForeignKey> foreignKeys,
    List<String> cut) {

  /** The relations that belong to the user and not to Supabase. */
  Stream<Relation> ownRelations() {
    return relations.values().stream().filter(relation -> !ofSupabase(relation));
  }

  Stream<Relation> ownTables() {
    return ownRelations().filter(Relation::isTable);
  }

  /** Whether it, or the schema it is in, belongs to Supabase and not to the user. */
  boolean ofSupabase(Relation relation) {
    Schema schema = schemas.get(relation.schema());
    return roles.role(relation.owner()).ofSupabase()
        || (schema != null
            && (roles.role(schema.owner()).ofSupabase() || schema.name().startsWith("supabase_")));
  }

  Stream<Policy> policiesOf(Relation table) {
    return policies.getOrDefault(table.oid(), List.of()).stream();
  }

  Stream<Policy> allPolicies() {
    return policies.values().stream().flatMap(List::stream);
  }

  List<Grant> grantsOn(long object) {
    return grants.getOrDefault(object, List.of());
  }

  List<Column> columnsOf(long table) {
    return columns.getOrDefault(table, List.of());
  }

  List<Index> indexesOf(long table) {
    return indexes.getOrDefault(table, List.of());
  }

  Optional<Column> column(long table, int number) {
    return columnsOf(table).stream().filter(column -> column.number() == number).findFirst();
  }

  /** Whether this role only stands for the one that will own the schema. */
  boolean isStandIn(long role) {
    return server.isCopy() && role == server.currentRole();
  }
}
