package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What of its role a key may use. Scopes narrow; they never give what the role does not.
 *
 * <p>Immutable.
 */
public final class Scopes {
  /** Everything the role includes. */
  public static final Scopes ALL = new Scopes(EnumSet.allOf(Permission.class));

  private final Set<Permission> permissions;

  private Scopes(Set<Permission> permissions) {
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  /** Exactly these. */
  public static Scopes of(Set<Permission> permissions) {
    if (permissions.isEmpty()) {
      throw new IllegalArgumentException("a key without any scope can do nothing");
    }
    return new Scopes(EnumSet.copyOf(permissions));
  }

  /**
   * The scopes of these names.
   *
   * @throws AgentOsException INVALID_REQUEST for a name that is none
   */
  public static Scopes parse(List<String> names) {
    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String name : names) {
      permissions.add(
          Permission.ofScope(name)
              .orElseThrow(() ->
                  new AgentOsException(
                      ErrorCode.INVALID_REQUEST,
                      "A scope is one of %s.".formatted(String.join(", ", ALL.names())))));
    }
    return of(permissions);
  }

  /**
   * The scopes of these names, possibly none; names of what is no scope any more count for nothing.
   */
  public static Scopes some(List<String> names) {
    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
    names.forEach(name -> Permission.ofScope(name).ifPresent(permissions::add));
    return new Scopes(permissions);
  }

  /** Whether {@code permission} is within them. */
  public boolean include(Permission permission) {
    return permissions.contains(permission);
  }

  /** Whether nothing is left out. */
  public boolean areAll() {
    return permissions.size() == Permission.values().length;
  }

  /** What of them a role includes as well; possibly nothing. */
  Scopes within(Role role) {
    EnumSet<Permission> both = EnumSet.noneOf(Permission.class);
    for (Permission permission : permissions) {
      if (role.may(permission)) {
        both.add(permission);
      }
    }
    return new Scopes(both);
  }

  /** What both include; possibly nothing. */
  Scopes and(Scopes other) {
    EnumSet<Permission> both = EnumSet.noneOf(Permission.class);
    permissions.stream().filter(other::include).forEach(both::add);
    return new Scopes(both);
  }

  /** What of them an agent may hold. */
  Scopes ofAgents() {
    EnumSet<Permission> left = EnumSet.noneOf(Permission.class);
    permissions.stream().filter(permission -> !permission.isForPeople()).forEach(left::add);
    return new Scopes(left);
  }

  /** What they include, in the order of {@link Permission}. */
  Set<Permission> permissions() {
    return permissions;
  }

  /** Their names, in the order of {@link Permission}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    permissions.forEach(permission -> names.add(permission.scope()));
    return names;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes scopes && permissions.equals(scopes.permissions);
  }

  @Override
  public int hashCode() {
    return permissions.hashCode();
  }

  @Override
  public String toString() {
    return String.join(" ", names());
  }
}
