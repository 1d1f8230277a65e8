package io.agentos.tools.sql.rls;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Row-level security itself: is it on, for the owner too, and is there a policy. */
final class TableChecks implements Check {

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    Access access = new Access(catalog);
    return catalog
        .ownTables()
        .flatMap(table ->
            Stream.of(
                    off(catalog, access, table),
                    notForced(catalog, table),
                    withoutPolicy(catalog, access, table))
                .flatMap(Optional::stream));
  }

  private static Optional<Finding> off(Catalog catalog, Access access, Relation table) {
    List<Exposure> exposures = access.exposures(table);
    if (table.rls() || (table.partition() && exposures.isEmpty())) {
      return Optional.empty();
    }
    long policies = catalog.policiesOf(table).count();
    return Optional.of(
        new Finding(
            Rule.RLS_OFF,
            severityOfOff(catalog, table, exposures),
            Target.of(table),
            whoReaches(catalog, table, exposures) + ignoredPolicies((int) policies),
            switchOn(table)
                + (catalog.policiesOf(table).anyMatch(Policy::permissive)
                    ? ""
                    : "\n" + PolicySuggestion.sql(catalog, table))));
  }

  private static Severity severityOfOff(Catalog catalog, Relation table, List<Exposure> exposures) {
    if (exposures.isEmpty()) {
      return Severity.LOW;
    }
    boolean grave =
        exposures.stream().anyMatch(Exposure::changes)
            || catalog.policiesOf(table).findAny().isPresent()
            || PersonalColumns.in(catalog.columnsOf(table.oid()));
    return grave ? Severity.HIGH : Severity.MEDIUM;
  }

  private static String whoReaches(Catalog catalog, Relation table, List<Exposure> exposures) {
    if (!exposures.isEmpty()) {
      String past =
          table.partition() ? " It is a partition: policies of the whole do not count." : "";
      return Words.sentence(Words.whoCanDoWhat(exposures)) + " all rows." + past;
    }
    String owner =
        catalog.server().isCopy()
            ? " An application that logs in as the owner sees every row."
            : "";
    return "Only the owner can reach it today. The first grant to anyone else opens all rows."
        + owner;
  }

  private static String ignoredPolicies(int policies) {
    return policies == 0
        ? ""
        : " It has %s, and none is applied.".formatted(Words.count(policies, "policy", "policies"));
  }

  private static String switchOn(Relation table) {
    return """
    ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY;
    ALTER TABLE %1$s FORCE ROW LEVEL SECURITY;\
    """
        .formatted(table.quoted());
  }

  private static Optional<Finding> notForced(Catalog catalog, Relation table) {
    if (!table.rls() || table.forced()) {
      return Optional.empty();
    }
    Role owner = catalog.roles().role(table.owner());
    boolean standIn = catalog.isStandIn(owner.oid());
    boolean appMayBeOwner =
        standIn ? !catalog.supabase() : owner.login() && !owner.ignoresRls() && !owner.ofPlatform();
    return Optional.of(
        new Finding(
            Rule.RLS_NOT_FORCED,
            appMayBeOwner ? Severity.MEDIUM : Severity.LOW,
            Target.of(table),
            whatOwnerSees(owner, standIn),
            "ALTER TABLE %s FORCE ROW LEVEL SECURITY;".formatted(table.quoted())));
  }

  private static String whatOwnerSees(Role owner, boolean standIn) {
    if (standIn) {
      return "Whoever connects as the owner of the table reads and changes all rows.";
    }
    return owner.ignoresRls()
        ? "The owner %s ignores row-level security anyway; FORCE counts once another role owns it."
            .formatted(owner.quoted())
        : "The owner %s reads and changes all rows.".formatted(owner.quoted());
  }

  private static Optional<Finding> withoutPolicy(Catalog catalog, Access access, Relation table) {
    if (!table.rls() || catalog.policiesOf(table).anyMatch(Policy::permissive)) {
      return Optional.empty();
    }
    List<Exposure> exposures = access.exposures(table);
    String who =
        exposures.isEmpty()
            ? "Nobody was granted access either, so that nothing is lost today."
            : Words.sentence(Words.whoCanDoWhat(exposures)) + " rows, by grant, and get none.";
    return Optional.of(
        new Finding(
            Rule.NO_POLICY,
            Severity.LOW,
            Target.of(table),
            who,
            PolicySuggestion.sql(catalog, table)));
  }
}
