package io.agentos.tools.sql.rls;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roles of a server and who may become whom. Immutable. */
final class Roles {
  private final Map<Long, Role> byNumber = new HashMap<>();
  private final Map<Long, Set<Long>> granted = new HashMap<>();
  private final List<Membership> memberships;

  Roles(List<Role> roles, List<Membership> memberships) {
    this.memberships = List.copyOf(memberships);
    roles.forEach(role -> byNumber.put(role.oid(), role));
    byNumber.put(Role.PUBLIC.oid(), Role.PUBLIC);
    memberships.forEach(
        m -> granted.computeIfAbsent(m.member(), member -> new HashSet<>()).add(m.role()));
  }

  Collection<Role> all() {
    return byNumber.values();
  }

  /** The role of this number; one that was dropped meanwhile comes under a made-up name. */
  Role role(long oid) {
    return byNumber.getOrDefault(
        oid, new Role(oid, "role " + oid, "\"role " + oid + "\"", false, false, false, ""));
  }

  Optional<Role> named(String name) {
    return byNumber.values().stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** Itself and all roles it may become, directly or through others. */
  Set<Long> reachableFrom(long role) {
    Set<Long> reached = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>(List.of(role));
    while (!open.isEmpty()) {
      long next = open.pop();
      if (reached.add(next)) {
        open.addAll(granted.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }

  /** The memberships granted to {@code member} itself. */
  List<Membership> of(long member) {
    return memberships.stream().filter(m -> m.member() == member).toList();
  }

  /** Whether the database has the roles by which Supabase serves its API. */
  boolean ofSupabase() {
    return named("anon").isPresent() && named("authenticated").isPresent();
  }
}
