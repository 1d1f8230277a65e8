package io.agentos.api;

import java.util.List;
import java.util.TreeSet;

/**
 * Who must say yes before something may run: so many different people, each of one of these roles.
 * One no is enough to stop it.
 *
 * @param approvers how many people, 1 to {@value #APPROVERS_MAX}
 * @param roles the names of the roles that count, sorted; empty for every role that may decide
 */
public record Quorum(int approvers, List<String> roles) {
  /** More people than this are never asked for one thing. */
  public static final int APPROVERS_MAX = 10;

  /** One person of any role that may decide. */
  public static final Quorum ONE = new Quorum(1, List.of());

  public Quorum {
    if (approvers < 1 || approvers > APPROVERS_MAX) {
      throw new IllegalArgumentException(
          "a quorum is 1 to %d people, not %d".formatted(APPROVERS_MAX, approvers));
    }
    roles = List.copyOf(new TreeSet<>(roles));
  }

  /** A quorum of so many people of any role that may decide. */
  public static Quorum of(int approvers) {
    return new Quorum(approvers, List.of());
  }

  /** Whether whoever satisfies this satisfies {@code other} as well. */
  public boolean covers(Quorum other) {
    return approvers >= other.approvers
        && (other.roles.isEmpty() || (!roles.isEmpty() && other.roles.containsAll(roles)));
  }

  /** What satisfies both: the larger number, and the roles that both name; of none, the admins. */
  public Quorum and(Quorum other) {
    int more = Math.max(approvers, other.approvers);
    if (roles.isEmpty() || other.roles.isEmpty()) {
      return new Quorum(more, roles.isEmpty() ? other.roles : roles);
    }
    List<String> both = roles.stream().filter(other.roles::contains).toList();
    return new Quorum(more, both.isEmpty() ? List.of("admin") : both);
  }
}
