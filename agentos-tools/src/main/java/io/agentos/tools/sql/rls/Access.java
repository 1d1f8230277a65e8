package io.agentos.tools.sql.rls;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who can reach what.
 *
 * <p>An outsider is a role that row-level security is there for: not the owner, not one that
 * ignores policies anyway, not one of the host.
 */
final class Access {
  private final Catalog catalog;

  Access(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The outsiders who can read or change rows of a relation; by name. */
  List<Exposure> exposures(Relation relation) {
    return granted(relation, Privilege::onRows).stream()
        .filter(exposure -> canUse(relation.schema(), exposure.role()))
        .toList();
  }

  /** The outsiders with privileges of a kind on a relation, whether they can use its schema. */
  List<Exposure> granted(Relation relation, Predicate<Privilege> kind) {
    Map<Long, Set<Privilege>> byRole = new TreeMap<>();
    for (Grant grant : catalog.grantsOn(relation.oid())) {
      if (kind.test(grant.privilege())
          && relation.offers(grant.privilege())
          && isOutsider(grant.grantee(), relation.owner())) {
        byRole
            .computeIfAbsent(grant.grantee(), role -> EnumSet.noneOf(Privilege.class))
            .add(grant.privilege());
      }
    }
    return byRole.entrySet().stream()
        .map(entry -> new Exposure(catalog.roles().role(entry.getKey()), entry.getValue()))
        .sorted(Comparator.comparing(exposure -> exposure.role().name()))
        .toList();
  }

  /** The outsiders who can call a routine; by name. */
  List<Role> callers(Routine routine) {
    return catalog.grantsOn(routine.oid()).stream()
        .filter(grant -> grant.privilege() == Privilege.EXECUTE)
        .filter(grant -> isOutsider(grant.grantee(), routine.owner()))
        .map(grant -> catalog.roles().role(grant.grantee()))
        .filter(role -> canUse(routine.schema(), role))
        .sorted(Comparator.comparing(Role::name))
        .toList();
  }

  /** The outsiders, other than PUBLIC and anon, who can reach any table; by name. */
  List<Role> knownUsers() {
    return catalog
        .ownTables()
        .flatMap(table -> exposures(table).stream())
        .map(Exposure::role)
        .filter(role -> !role.isPublic() && !role.name().equals("anon"))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toSet(),
                roles -> roles.stream().sorted(Comparator.comparing(Role::name)).toList()));
  }

  boolean isOutsider(long role, long owner) {
    Role entry = catalog.roles().role(role);
    return role != owner && !catalog.isStandIn(role) && !entry.ignoresRls() && !entry.ofPlatform();
  }

  /** Whether a role may use the objects in a schema; for PUBLIC, whether any outsider may. */
  private boolean canUse(long schema, Role role) {
    Set<Long> reached = catalog.roles().reachableFrom(role.oid());
    Schema entry = catalog.schemas().get(schema);
    long owner = entry == null ? -1 : entry.owner();
    if (reached.contains(owner)) {
      return true;
    }
    return catalog.grantsOn(schema).stream()
        .filter(grant -> grant.privilege() == Privilege.USAGE)
        .anyMatch(grant ->
            grant.grantee() == 0
                || reached.contains(grant.grantee())
                || (role.isPublic() && isOutsider(grant.grantee(), owner)));
  }
}
