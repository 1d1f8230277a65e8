package io.agentos.tools.sql.rls;

import java.util.List;

/**
 * A policy of a table.
 *
 * @param quoted its name for SQL
 * @param roles numbers of the roles it is for; 0 for PUBLIC
 * @param using which rows are seen, as SQL; empty for none
 * @param check which rows may be written, as SQL; empty for none
 */
record Policy(
    long oid,
    long relation,
    String quoted,
    Command command,
    boolean permissive,
    List<Long> roles,
    String using,
    String check,
    String comment) {

  /** What a policy is for. */
  enum Command {
    ALL,
    SELECT,
    INSERT,
    UPDATE,
    DELETE;

    static Command of(String polcmd) {
      return switch (polcmd) {
        case "*" -> ALL;
        case "r" -> SELECT;
        case "a" -> INSERT;
        case "w" -> UPDATE;
        case "d" -> DELETE;
        default -> throw new IllegalArgumentException("no command of a policy: " + polcmd);
      };
    }
  }

  Policy {
    roles = List.copyOf(roles);
  }

  boolean hasUsing() {
    return !using.isEmpty();
  }

  boolean hasCheck() {
    return !check.isEmpty();
  }

  /** Whether it can hold a WITH CHECK at all. */
  boolean checks() {
    return command != Command.SELECT && command != Command.DELETE;
  }

  boolean isForPublic() {
    return roles.contains(0L);
  }
}
