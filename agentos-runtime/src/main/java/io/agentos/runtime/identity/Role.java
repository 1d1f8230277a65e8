package io.agentos.runtime.identity;

import java.util.Arrays;
import java.util.EnumSet;
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

  /** The role that may do what both may; of any two there is one. */
  public Role meet(Role other) {
    Set<Permission> both = EnumSet.copyOf(permissions);
    both.retainAll(other.permissions);
    return Arrays.stream(values())
        .filter(role -> role.permissions.equals(both))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("no role for what %s and %s share".formatted(this, other)));
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
