package io.agentos.runtime.identity;

import java.util.Optional;

/** One thing that a role may include, and that a key's scopes may leave out. */
public enum Permission {
  /** Read tasks, approvals, kill switches and definitions. */
  READ("tasks:read"),
  /** Submit tasks. */
  SUBMIT("tasks:submit"),
  /** Cancel tasks. */
  CANCEL("tasks:cancel"),
  /** Decide approvals. Never held by an agent's own credentials. */
  DECIDE("approvals:decide"),
  /** Engage and release kill switches. */
  KILL("kill-switches:engage"),
  /** Say what became of an effect nobody knows the end of. */
  RECONCILE("tasks:reconcile"),
  /** Read and verify the audit log. */
  AUDIT("audit:read"),
  /** Set budgets. */
  BUDGETS("budgets:write"),
  /** Change policies. */
  POLICIES("policies:write"),
  /** Make and revoke keys. */
  KEYS("keys:write"),
  /** Make and end users, and set their roles. */
  USERS("users:write"),
  /** Make tenants. */
  TENANTS("tenants:write"),
  /** Set and rotate secrets; nobody reads them. */
  SECRETS("secrets:write"),
  /** Set webhook endpoints and sources. */
  WEBHOOKS("webhooks:write"),
  /** Set what becomes of personal data, erase subjects, hold and release records. */
  PRIVACY("privacy:write");

  private final String scope;

  Permission(String scope) {
    this.scope = scope;
  }

  /** The name of the scope that includes it, such as {@code approvals:decide}. */
  public String scope() {
    return scope;
  }

  /** The permission of a scope; empty when there is no such scope. */
  public static Optional<Permission> ofScope(String scope) {
    for (Permission permission : values()) {
      if (permission.scope.equals(scope)) {
        return Optional.of(permission);
      }
    }
    return Optional.empty();
  }

  /** Whether it is kept from agents' own keys, whatever their role. */
  public boolean isForPeople() {
    return switch (this) {
      case DECIDE,
          KILL,
          RECONCILE,
          BUDGETS,
          POLICIES,
          KEYS,
          USERS,
          TENANTS,
          SECRETS,
          WEBHOOKS,
          PRIVACY ->
          true;
      case READ, SUBMIT, CANCEL, AUDIT -> false;
    };
  }
}
