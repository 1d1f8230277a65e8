package io.agentos.tools.sql.rls;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Views, materialized views and foreign tables: rows that reach people past the policies. */
final class ViewChecks implements Check {

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    Access access = new Access(catalog);
    return catalog
        .ownRelations()
        .flatMap(relation ->
            switch (relation.kind()) {
              case TABLE -> Stream.<Finding>empty();
              case VIEW -> view(catalog, access, relation).stream();
              case MATERIALIZED_VIEW -> copy(catalog, access, relation).stream();
              case FOREIGN_TABLE -> foreign(access, relation).stream();
            });
  }

  private static Optional<Finding> view(Catalog catalog, Access access, Relation view) {
    List<Relation> sources = sources(catalog, view);
    if (view.invoker() || sources.isEmpty()) {
      return Optional.empty();
    }
    List<Exposure> exposures = access.exposures(view);
    List<Relation> passed =
        sources.stream()
            .filter(table -> table.rls() && passes(catalog, view.owner(), table))
            .toList();
    boolean leaks = !passed.isEmpty() && !exposures.isEmpty();
    return Optional.of(
        new Finding(
            Rule.VIEW_AS_OWNER,
            leaks ? Severity.HIGH : Severity.LOW,
            Target.of(view),
            whatViewShows(exposures, passed, sources),
            catalog.server().knowsInvokerViews()
                ? "ALTER VIEW %s SET (security_invoker = true);".formatted(view.quoted())
                : revoke(view, exposures)));
  }

  private static String whatViewShows(
      List<Exposure> exposures, List<Relation> passed, List<Relation> sources) {
    if (exposures.isEmpty()) {
      return "Only the owner can read it today. Once others may, they see rows of %s past the"
              .formatted(names(sources))
          + " policies.";
    }
    String who = Words.sentence(Words.whoCanDoWhat(exposures));
    return passed.isEmpty()
        ? "%s what it shows of %s, and not by the policies for the person who asks."
            .formatted(who, names(sources))
        : "%s rows of %s that the policies would keep from them.".formatted(who, names(passed));
  }

  /** Whether a view of this owner reads the table past its policies. */
  private static boolean passes(Catalog catalog, long owner, Relation table) {
    if (catalog.isStandIn(owner) || catalog.roles().role(owner).ignoresRls()) {
      return true;
    }
    return !table.forced() && catalog.roles().reachableFrom(owner).contains(table.owner());
  }

  private static Optional<Finding> copy(Catalog catalog, Access access, Relation copy) {
    List<Exposure> readers = access.exposures(copy).stream().filter(Exposure::reads).toList();
    List<Relation> sources = sources(catalog, copy);
    if (readers.isEmpty() || sources.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.COPY_OPEN,
            sources.stream().anyMatch(Relation::rls) ? Severity.HIGH : Severity.MEDIUM,
            Target.of(copy),
            Words.sentence(Words.whoAll(readers.stream().map(Exposure::role).toList()))
                + " can read everything it copied from %s.".formatted(names(sources)),
            revoke(copy, readers)));
  }

  private static Optional<Finding> foreign(Access access, Relation table) {
    List<Exposure> exposures = access.exposures(table);
    if (exposures.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.FOREIGN_TABLE_OPEN,
            Severity.MEDIUM,
            Target.of(table),
            Words.sentence(Words.whoCanDoWhat(exposures)) + " all rows of the other server.",
            revoke(table, exposures)));
  }

  private static String revoke(Relation relation, List<Exposure> exposures) {
    String roles = Words.names(exposures.stream().map(Exposure::role).toList());
    return "REVOKE ALL ON %s FROM %s;".formatted(relation.quoted(), roles);
  }

  /** The tables that a view reads, directly or through other views. */
  private static List<Relation> sources(Catalog catalog, Relation view) {
    Set<Long> seen = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>(List.of(view.oid()));
    while (!open.isEmpty()) {
      long next = open.pop();
      if (seen.add(next)) {
        open.addAll(catalog.viewSources().getOrDefault(next, Set.of()));
      }
    }
    return seen.stream()
        .map(catalog.relations()::get)
        .filter(Objects::nonNull)
        .filter(Relation::isTable)
        .sorted(Comparator.comparing(Relation::quoted))
        .toList();
  }

  private static String names(List<Relation> tables) {
    return Words.list(tables.stream().map(Relation::quoted).toList());
  }
}
