package io.agentos.runtime.identity;

/** One thing that a role may include. */
public enum Permission {
  /** Read tasks, approvals, kill switches and definitions. */
  READ,
  /** Submit tasks. */
  SUBMIT,
  /** Cancel tasks. */
  CANCEL,
  /** Decide approvals. Never held by an agent's own credentials. */
  DECIDE,
  /** Engage and release kill switches. */
  KILL,
  /** Say what became of an effect nobody knows the end of. */
  RECONCILE,
  /** Read and verify the audit log. */
  AUDIT,
  /** Set budgets. */
  BUDGETS,
  /** Change policies. */
  POLICIES,
  /** Make and revoke keys. */
  KEYS,
  /** Make and end users, and set their roles. */
  USERS,
  /** Make tenants. */
  TENANTS,
  /** Set and rotate secrets; nobody reads them. */
  SECRETS,
  /** Set webhook endpoints and sources. */
  WEBHOOKS,
  /** Set what becomes of personal data, erase subjects, hold and release records. */
  PRIVACY;

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
