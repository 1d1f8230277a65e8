package io.agentos.runtime.identity;

import java.util.List;

/**
 * What somebody may do: what of a role is within some scopes.
 *
 * <p>Immutable.
 */
public record Rights(Role role, Scopes scopes) {

  public Rights {
    scopes = scopes.within(role);
  }

  /** All of a role. */
  public Rights(Role role) {
    this(role, Scopes.ALL);
  }

  /** Whether it is among them. */
  public boolean include(Permission permission) {
    return scopes.include(permission);
  }

  /** What is within both. */
  public Rights and(Rights other) {
    return new Rights(role.meet(other.role), scopes.and(other.scopes));
  }

  /** What of them an agent may have: nothing that is kept for people. */
  public Rights ofAgents() {
    return new Rights(role, scopes.ofAgents());
  }

  /** The names of their scopes. */
  public List<String> names() {
    return scopes.names();
  }
}
