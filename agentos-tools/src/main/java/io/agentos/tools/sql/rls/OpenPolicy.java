package io.agentos.tools.sql.rls;

import io.agentos.tools.sql.rls.Policy.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the policies that let every row through. */
final class OpenPolicy {
  private final Catalog catalog;
  private final Relation table;
  private final Policy policy;
  private final boolean sees;
  private final boolean writes;

  private OpenPolicy(Catalog catalog, Relation table, Policy policy) {
    this.catalog = catalog;
    this.table = table;
    this.policy = policy;
    this.sees = policy.hasUsing() && open(PolicyChecks.using(policy));
    this.writes =
        policy.checks()
            && (policy.hasCheck() ? open(PolicyChecks.check(policy)) : policy.hasUsing() && sees);
  }

  static Optional<Finding> find(Catalog catalog, Relation table, Policy policy) {
    OpenPolicy open = new OpenPolicy(catalog, table, policy);
    if (!policy.permissive() || (!open.sees && !open.writes)) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.POLICY_ALWAYS_TRUE,
            open.severity(),
            Target.of(policy, table),
            open.explanation(),
            open.fix()));
  }

  /** Whether a condition is true for every row. */
  static boolean open(PolicyExpression expression) {
    return expression.alwaysTrue() || expression.onlySignedIn();
  }

  private Severity severity() {
    return switch (policy.command()) {
      case ALL, UPDATE, DELETE -> Severity.HIGH;
      case INSERT -> Severity.MEDIUM;
      case SELECT -> personal() ? Severity.MEDIUM : Severity.LOW;
    };
  }

  private boolean personal() {
    return PersonalColumns.in(catalog.columnsOf(table.oid()));
  }

  private String explanation() {
    String who = Words.sentence(who());
    return switch (policy.command()) {
      case SELECT ->
          personal()
              ? who + " can read all rows, and the columns look personal."
              : who + " can read all rows. Right for a public catalogue; then say so.";
      case INSERT -> who + " can add any row, also in the name of somebody else.";
      case DELETE -> who + " can delete all rows.";
      case UPDATE, ALL ->
          sees
              ? who
                  + (policy.command() == Command.ALL
                      ? " can read, change and delete all rows."
                      : " can change all rows.")
              : who + " can turn a row into anything, and so give it to somebody else.";
    };
  }

  private String who() {
    List<Role> roles =
        policy.roles().stream()
            .map(catalog.roles()::role)
            .filter(role -> !role.ignoresRls())
            .toList();
    PolicyExpression condition = sees ? PolicyChecks.using(policy) : PolicyChecks.check(policy);
    return condition.onlySignedIn() ? "every signed-in user" : Words.whoAll(roles);
  }

  private String fix() {
    if (policy.command() == Command.SELECT && !personal()) {
      return "COMMENT ON POLICY %s ON %s IS\n  %s;"
          .formatted(
              policy.quoted(),
              table.quoted(),
              Acceptance.comment(policy.comment(), Rule.POLICY_ALWAYS_TRUE, "public on purpose"));
    }
    Optional<String> guess = PolicySuggestion.ownRows(catalog, table);
    String condition = guess.orElse("false");
    List<String> parts = new ArrayList<>();
    if (sees) {
      parts.add("USING (%s)".formatted(condition));
    }
    if (writes) {
      parts.add("WITH CHECK (%s)".formatted(condition));
    }
    String remark =
        guess.isPresent()
            ? "-- A guess from the columns: everyone gets their own rows. Change it if wrong.\n"
            : "-- Lets nobody through until you replace false by the rule you mean.\n";
    return remark + PolicyChecks.alter(table, policy, String.join("\n  ", parts));
  }
}
