package io.agentos.runtime.approvals;

import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;

/**
 * Somebody who wants to decide.
 *
 * @param id the principal, as it stands in records
 * @param mayDecide whether it may decide at all; never true for an agent's own key
 */
public record Voter(String id, Role role, boolean mayDecide) {

  /** A person of this role. */
  public static Voter person(String id, Role role) {
    return new Voter(id, role, role.may(Permission.DECIDE));
  }

  /** Whoever makes a request. */
  public static Voter of(Principal principal) {
    return new Voter(principal.id(), principal.role(), principal.may(Permission.DECIDE));
  }
}
