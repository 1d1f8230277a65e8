package io.agentos.tools.sql.rls;

import java.util.Set;

/**
 * An outsider who may use a relation.
 *
 * @param privileges of the kind that touch rows; never empty
 */
record Exposure(Role role, Set<Privilege> privileges) {
  Exposure {
    privileges = Set.copyOf(privileges);
  }

  boolean reads() {
    return privileges.contains(Privilege.SELECT);
  }

  boolean changes() {
    return privileges.stream().anyMatch(Privilege::changesRows);
  }
}
