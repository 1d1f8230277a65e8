package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Grants to everybody, grants that policies do not cover, and schemas open to everybody. */
final class GrantChecks implements Check {
  private static final Set<Privilege> BEYOND =
      EnumSet.of(Privilege.TRUNCATE, Privilege.REFERENCES, Privilege.TRIGGER);

  /** The roles behind Supabase's API, which offers neither TRUNCATE nor making tables. */
  private static final Set<String> OF_API = Set.of("anon", "authenticated");

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    Access access = new Access(catalog);
    Stream<Finding> onRelations =
        catalog
            .ownRelations()
            .flatMap(relation ->
                Stream.of(toPublic(access, relation), beyond(access, relation))
                    .flatMap(Optional::stream));
    Stream<Finding> onSchemas =
        catalog.schemas().values().stream()
            .map(schema -> open(catalog, access, schema))
            .flatMap(Optional::stream);
    return Stream.concat(onRelations, onSchemas);
  }

  private static Optional<Finding> toPublic(Access access, Relation relation) {
    return access.granted(relation, privilege -> privilege != Privilege.OTHER).stream()
        .filter(exposure -> exposure.role().isPublic())
        .findFirst()
        .map(exposure -> {
          String privileges = names(exposure);
          return new Finding(
              Rule.GRANTED_TO_PUBLIC,
              access.exposures(relation).isEmpty() ? Severity.LOW : Severity.MEDIUM,
              Target.of(relation),
              "%s is granted to PUBLIC.".formatted(privileges),
              """
              -- Then grant it to the roles that need it: GRANT … ON %1$s TO …
              REVOKE ALL ON %1$s FROM PUBLIC;\
              """
                  .formatted(relation.quoted()));
        });
  }

  private static Optional<Finding> beyond(Access access, Relation relation) {
    if (!relation.isTable()) {
      return Optional.empty();
    }
    List<Exposure> exposures = access.granted(relation, BEYOND::contains);
    if (exposures.isEmpty()) {
      return Optional.empty();
    }
    boolean onlyApi =
        exposures.stream().allMatch(exposure -> OF_API.contains(exposure.role().name()));
    boolean onlyReferences =
        exposures.stream()
            .allMatch(exposure -> exposure.privileges().equals(Set.of(Privilege.REFERENCES)));
    String api = onlyApi ? " Supabase's own API does not offer that, but SQL does." : "";
    return Optional.of(
        new Finding(
            Rule.GRANTED_BEYOND_RLS,
            onlyApi || onlyReferences ? Severity.LOW : Severity.MEDIUM,
            Target.of(relation),
            Words.sentence(Words.whoCanDoWhat(exposures)) + " it." + api,
            "REVOKE TRUNCATE, REFERENCES, TRIGGER ON %s FROM %s;"
                .formatted(
                    relation.quoted(),
                    Words.names(exposures.stream().map(Exposure::role).toList()))));
  }

  private static Optional<Finding> open(Catalog catalog, Access access, Schema schema) {
    List<Role> makers =
        catalog.grantsOn(schema.oid()).stream()
            .filter(grant -> grant.privilege() == Privilege.CREATE)
            .filter(grant -> access.isOutsider(grant.grantee(), schema.owner()))
            .map(grant -> catalog.roles().role(grant.grantee()))
            .filter(role -> role.isPublic() || OF_API.contains(role.name()))
            .toList();
    if (makers.isEmpty() || catalog.roles().role(schema.owner()).ofSupabase()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.SCHEMA_OPEN,
            Severity.MEDIUM,
            new Target(schema.quoted(), schema.comment()),
            Words.sentence(Words.whoAll(makers)) + " can create tables and functions in it.",
            "REVOKE CREATE ON SCHEMA %s FROM %s;".formatted(schema.quoted(), Words.names(makers))));
  }

  private static String names(Exposure exposure) {
    return EnumSet.copyOf(exposure.privileges()).stream().map(Enum::name).collect(joining(", "));
  }
}
