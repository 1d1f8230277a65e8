package io.agentos.runtime.identity;

import java.util.Locale;
import java.util.Set;

/** What a key may do. */
public enum Role {
  ADMIN(Set.of(Permission.values())),
  OPERATOR(
      Set.of(
          Permission.READ,
          Permission.SUBMIT,
          Permission.CANCEL,
          Permission.DECIDE,
          Permission.KILL,
          Permission.RECONCILE,
          Permission.BUDGETS,
          Permission.AUDIT)),
  APPROVER(Set.of(Permission.READ, Permission.DECIDE)),
  DEVELOPER(Set.of(Permission.READ, Permission.SUBMIT, Permission.CANCEL)),
  VIEWER(Set.of(Permission.READ)),
  AUDITOR(Set.of(Permission.READ, Permission.AUDIT));

  @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed.
  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = permissions;
  }

  /** Whether the role includes {@code permission}. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** The name in JSON and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this name. */
  public static Role of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
