package io.agentos.runtime.policy;

import io.agentos.runtime.policy.Rule.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the policies say, written a second time from their documentation and as plainly as possible:
 * facts are sets of texts by name, a missing set is unknown, patterns are regular expressions.
 */
final class ReferenceEvaluator {
  private ReferenceEvaluator() {}

  /** "forbid", "permit" or "none" for a task. */
  static String task(List<Rule> rules, Map<String, Set<String>> facts) {
    return decide(rules.stream().filter(rule -> rule.match().tools().isEmpty()).toList(), facts);
  }

  /** "forbid", "permit", "ask" or "none" for a tool call. */
  static String tool(List<Rule> rules, Map<String, Set<String>> facts) {
    List<Rule> ofTools = rules.stream().filter(rule -> !rule.match().tools().isEmpty()).toList();
    String decided = decide(ofTools, facts);
    boolean red = facts.getOrDefault("zones", Set.of()).contains("red");
    boolean ask =
        red || ofTools.stream().anyMatch(rule -> restricts(rule, Effect.REQUIRE_APPROVAL, facts));
    return decided.equals("permit") && ask ? "ask" : decided;
  }

  /** The turns of an allowed task of which all is known. */
  static int turns(List<Rule> rules, Map<String, Set<String>> facts, int otherwise) {
    return rules.stream()
        .filter(rule -> rule.match().tools().isEmpty())
        .mapToInt(rule -> {
          Integer set = rule.limits().turnsMax();
          return permits(rule, facts)
              ? (set == null ? otherwise : set)
              : restricts(rule, Effect.LIMIT, facts) && set != null ? set : Integer.MAX_VALUE;
        })
        .min()
        .orElse(otherwise);
  }

  private static String decide(List<Rule> rules, Map<String, Set<String>> facts) {
    if (rules.stream().anyMatch(rule -> restricts(rule, Effect.FORBID, facts))) {
      return "forbid";
    }
    return rules.stream().anyMatch(rule -> permits(rule, facts)) ? "permit" : "none";
  }

  /** A permit fits if nothing that is known speaks against it. */
  static boolean permits(Rule rule, Map<String, Set<String>> facts) {
    return rule.effect() == Effect.PERMIT
        && conditions(rule.match())
            .allMatch(condition -> {
              Set<String> values = facts.get(condition.fact());
              return values == null
                  || (!values.isEmpty() && values.stream().allMatch(condition::fits));
            });
  }

  /** A restriction fits if everything it asks for is known to be so. */
  static boolean restricts(Rule rule, Effect effect, Map<String, Set<String>> facts) {
    return rule.effect() == effect
        && conditions(rule.match())
            .allMatch(condition ->
                facts.getOrDefault(condition.fact(), Set.of()).stream().anyMatch(condition::fits));
  }

  private record Condition(String fact, List<String> patterns) {
    boolean fits(String value) {
      return patterns.stream()
          .map(pattern -> Pattern.quote(pattern).replace("*\\E", "\\E.*"))
          .anyMatch(value::matches);
    }
  }

  private static Stream<Condition> conditions(Match match) {
    String priorities = "0123456789".substring(0, match.priorityMax() + 1);
    Stream<Condition> conditions =
        Stream.of(
            new Condition("tenant", match.tenants()),
            new Condition("packs", match.packs()),
            new Condition("agents", match.agents()),
            new Condition("types", match.types()),
            new Condition("tools", match.tools()),
            new Condition(
                "zones",
                match.zones().stream().map(zone -> zone.name().toLowerCase(Locale.ROOT)).toList()),
            new Condition("priority", priorities.chars().mapToObj(Character::toString).toList()),
            new Condition("env", match.labels().values().stream().toList()));
    return conditions.filter(condition ->
        !condition.patterns().isEmpty()
            && (condition.fact().equals("env") || !condition.patterns().contains("*")));
  }
}
