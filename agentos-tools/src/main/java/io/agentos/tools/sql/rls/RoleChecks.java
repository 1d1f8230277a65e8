package io.agentos.tools.sql.rls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Logins that policies cannot hold: they ignore them, can become who does, or own the tables. */
final class RoleChecks implements Check {
  private static final int TABLES_IN_FIX_MAX = 200;
  private static final int GRANTED_BY_SINCE = 160_000;
  private static final int OWNER_STEM_MAX = 50;
  private static final long BOOTSTRAP_OID = 10;
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    return catalog.roles().all().stream()
        .filter(role -> role.login() && !role.ofPlatform() && !catalog.isStandIn(role.oid()))
        .sorted(Comparator.comparing(Role::name))
        .flatMap(role ->
            role.ignoresRls()
                ? Stream.of(ignores(role))
                : Stream.concat(
                    catalog.roles().of(role.oid()).stream()
                        .map(membership -> bypass(catalog, role, membership))
                        .flatMap(Optional::stream),
                    owner(catalog, role).stream()));
  }

  private static Finding ignores(Role role) {
    String attribute = role.superuser() ? "SUPERUSER" : "BYPASSRLS";
    return new Finding(
        Rule.LOGIN_IGNORES_RLS,
        Severity.HIGH,
        Target.of(role),
        "Whoever connects as %s sees and changes every row: it has %s."
            .formatted(role.quoted(), attribute),
        "ALTER ROLE %s NO%s;".formatted(role.quoted(), attribute)
            + (role.superuser() && role.bypassesRls()
                ? "\nALTER ROLE %s NOBYPASSRLS;".formatted(role.quoted())
                : ""));
  }

  private static Optional<Finding> bypass(Catalog catalog, Role member, Membership membership) {
    Roles roles = catalog.roles();
    Optional<Role> strong =
        roles.reachableFrom(membership.role()).stream()
            .map(roles::role)
            .filter(Role::ignoresRls)
            .findFirst();
    Role role = roles.role(membership.role());
    return strong.map(end ->
        new Finding(
            Rule.LOGIN_CAN_BYPASS,
            Severity.HIGH,
            new Target(
                "%s (member of %s)".formatted(member.quoted(), role.quoted()), member.comment()),
            "Whoever connects as %s can become %s, for which no policy holds."
                .formatted(member.quoted(), end.quoted()),
            "REVOKE %s FROM %s%s;"
                .formatted(role.quoted(), member.quoted(), grantedBy(catalog, membership))));
  }

  /** A grant by somebody else than the first superuser is only found by that name. */
  private static String grantedBy(Catalog catalog, Membership membership) {
    boolean plain =
        catalog.server().version() < GRANTED_BY_SINCE
            || membership.grantor() == BOOTSTRAP_OID
            || catalog.isStandIn(membership.grantor());
    return plain ? "" : " GRANTED BY " + catalog.roles().role(membership.grantor()).quoted();
  }

  private static Optional<Finding> owner(Catalog catalog, Role role) {
    List<Relation> owned =
        catalog.ownRelations().filter(relation -> relation.owner() == role.oid()).toList();
    List<Relation> tables = owned.stream().filter(Relation::isTable).toList();
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    long past = tables.stream().filter(table -> !table.rls() || !table.forced()).count();
    return Optional.of(
        new Finding(
            Rule.OWNER_CAN_LOGIN,
            past > 0 ? Severity.MEDIUM : Severity.LOW,
            Target.of(role),
            "%s owns %s. %s"
                .formatted(
                    role.quoted(),
                    Words.count(tables.size(), "table", "tables"),
                    past > 0
                        ? "In %d of them no policy holds for it.".formatted(past)
                        : "It can switch row-level security off."),
            handOver(catalog, role, owned)));
  }

  private static String handOver(Catalog catalog, Role role, List<Relation> owned) {
    String owner = ownerName(catalog, role);
    List<String> lines = new ArrayList<>();
    lines.add("-- Run as a superuser, then let migrations connect as " + owner + ".");
    lines.add("CREATE ROLE %s NOLOGIN;".formatted(owner));
    List<Relation> listed = owned.stream().limit(TABLES_IN_FIX_MAX).toList();
    for (String schema : schemas(catalog, listed)) {
      lines.add("GRANT USAGE, CREATE ON SCHEMA %s TO %s;".formatted(schema, owner));
    }
    for (Relation relation : listed) {
      lines.add(changeOwner(relation, owner));
      lines.add(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s;"
              .formatted(relation.quoted(), role.quoted()));
    }
    for (String schema : schemas(catalog, listed)) {
      lines.add("GRANT USAGE ON SCHEMA %s TO %s;".formatted(schema, role.quoted()));
      lines.add(
          "GRANT USAGE ON ALL SEQUENCES IN SCHEMA %s TO %s;".formatted(schema, role.quoted()));
    }
    if (owned.size() > TABLES_IN_FIX_MAX) {
      lines.add("-- And %d more, in the same way.".formatted(owned.size() - TABLES_IN_FIX_MAX));
    }
    return String.join("\n", lines);
  }

  private static Set<String> schemas(Catalog catalog, List<Relation> relations) {
    Set<String> schemas = new TreeSet<>();
    for (Relation relation : relations) {
      Schema schema = catalog.schemas().get(relation.schema());
      if (schema != null) {
        schemas.add(schema.quoted());
      }
    }
    return schemas;
  }

  private static String changeOwner(Relation relation, String owner) {
    String noun =
        switch (relation.kind()) {
          case TABLE -> "TABLE";
          case VIEW -> "VIEW";
          case MATERIALIZED_VIEW -> "MATERIALIZED VIEW";
          case FOREIGN_TABLE -> "FOREIGN TABLE";
        };
    return "ALTER %s %s OWNER TO %s;".formatted(noun, relation.quoted(), owner);
  }

  private static String ownerName(Catalog catalog, Role role) {
    String stem = role.name().length() > OWNER_STEM_MAX ? "app" : role.name();
    String name = stem + "_owner";
    for (int i = 2; catalog.roles().named(name).isPresent(); i++) {
      name = stem + "_owner" + i;
    }
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
