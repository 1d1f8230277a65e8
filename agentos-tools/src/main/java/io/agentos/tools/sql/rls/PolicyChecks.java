package io.agentos.tools.sql.rls;

import io.agentos.tools.sql.rls.PolicyExpression.Comparison;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What policies say: to whom, how much, and how expensively. */
final class PolicyChecks implements Check {

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    return catalog
        .allPolicies()
        .filter(policy -> catalog.relations().containsKey(policy.relation()))
        .filter(policy -> forOutsiders(catalog, policy))
        .flatMap(policy -> {
          Relation table = Objects.requireNonNull(catalog.relations().get(policy.relation()));
          return Stream.of(
                  OpenPolicy.find(catalog, table, policy),
                  userMetadata(table, policy),
                  withoutCheck(table, policy),
                  toPublic(catalog, table, policy),
                  perRow(table, policy))
              .flatMap(Optional::stream);
        });
  }

  private static boolean forOutsiders(Catalog catalog, Policy policy) {
    return policy.roles().stream().anyMatch(role -> !catalog.roles().role(role).ignoresRls());
  }

  private static Optional<Finding> userMetadata(Relation table, Policy policy) {
    if (!using(policy).trustsUserMetadata() && !check(policy).trustsUserMetadata()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.POLICY_USER_METADATA,
            Severity.HIGH,
            Target.of(policy, table),
            "Its condition reads user_metadata. Any signed-in user can give themselves the right"
                + " that it asks for.",
            alter(table, policy, repairedParts(policy))));
  }

  private static Optional<Finding> withoutCheck(Relation table, Policy policy) {
    PolicyExpression using = using(policy);
    boolean settled =
        policy.hasCheck() || using.alwaysTrue() || using.onlySignedIn() || using.closed();
    if (!policy.checks() || settled) {
      return Optional.empty();
    }
    boolean insert = policy.command() == Policy.Command.INSERT;
    return Optional.of(
        new Finding(
            Rule.POLICY_NO_CHECK,
            Severity.LOW,
            Target.of(policy, table),
            insert
                ? "It is for INSERT and allows none."
                : "Rows may become whatever its USING condition lets through.",
            alter(
                table, policy, "WITH CHECK (%s)".formatted(insert ? "false" : using.repaired()))));
  }

  private static Optional<Finding> toPublic(Catalog catalog, Relation table, Policy policy) {
    boolean closed = using(policy).closed() && (!policy.hasCheck() || check(policy).closed());
    if (!catalog.supabase() || !catalog.roles().ofSupabase() || !policy.isForPublic() || closed) {
      return Optional.empty();
    }
    boolean ofUser = using(policy).asksSupabase() || check(policy).asksSupabase();
    boolean guessed =
        OpenPolicy.find(catalog, table, policy).isPresent()
            && PolicySuggestion.ownRows(catalog, table).isPresent()
            && policy.command() != Policy.Command.SELECT;
    return Optional.of(
        new Finding(
            Rule.POLICY_TO_PUBLIC,
            Severity.LOW,
            Target.of(policy, table),
            ofUser
                ? "It asks who the user is, and yet is for visitors who are not signed in, too."
                : "It is for everybody, visitors who are not signed in included.",
            alter(
                table, policy, ofUser || guessed ? "TO authenticated" : "TO anon, authenticated")));
  }

  private static Optional<Finding> perRow(Relation table, Policy policy) {
    boolean perRow =
        Stream.of(using(policy), check(policy))
            .anyMatch(part -> part.callsPerRow() && !OpenPolicy.open(part));
    if (!perRow) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Rule.POLICY_PER_ROW_CALL,
            Severity.LOW,
            Target.of(policy, table),
            "It calls auth.uid(), current_setting() or the like without (SELECT …) around it.",
            alter(table, policy, repairedParts(policy))));
  }

  /** The parts that need a repair; an open one gets another by the rule that finds it. */
  private static String repairedParts(Policy policy) {
    String using = part("USING (%s)", policy.using());
    String check = part("WITH CHECK (%s)", policy.check());
    return String.join("\n  ", Stream.of(using, check).filter(part -> !part.isEmpty()).toList());
  }

  private static String part(String form, String sql) {
    PolicyExpression expression = new PolicyExpression(sql);
    String repaired = expression.repaired();
    boolean changed = !repaired.equals(sql) && !OpenPolicy.open(expression);
    return changed ? form.formatted(repaired) : "";
  }

  static PolicyExpression using(Policy policy) {
    return new PolicyExpression(policy.using());
  }

  static PolicyExpression check(Policy policy) {
    return new PolicyExpression(policy.check());
  }

  static String alter(Relation table, Policy policy, String parts) {
    return "ALTER POLICY %s ON %s\n  %s;".formatted(policy.quoted(), table.quoted(), parts);
  }

  /** The columns of a table that its policies compare to what depends on the user. */
  static List<Column> comparedColumns(Catalog catalog, Relation table) {
    return catalog.columnsOf(table.oid()).stream()
        .filter(column -> !column.type().equals("boolean"))
        .filter(column -> comparison(catalog, table, column).compareTo(Comparison.TO_OTHER) >= 0)
        .toList();
  }

  /** To what any policy of the table compares the column; to the user, if to several. */
  static Comparison comparison(Catalog catalog, Relation table, Column column) {
    return catalog
        .policiesOf(table)
        .filter(policy ->
            catalog.policyColumns().getOrDefault(policy.oid(), Set.of()).contains(column.number()))
        .map(policy ->
            using(policy)
                .comparison(column, table)
                .strongest(check(policy).comparison(column, table)))
        .reduce(Comparison.NONE, Comparison::strongest);
  }
}
