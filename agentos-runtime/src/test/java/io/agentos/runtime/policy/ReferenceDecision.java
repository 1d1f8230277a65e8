package io.agentos.runtime.policy;

import io.agentos.runtime.policy.Rule.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What rules with conditions, rates and quorums say, written a second time from docs/policies.md,
 * without an index, a compiler or a shortcut.
 *
 * @param rules of one subject, in any order
 * @param facts as for {@link ReferenceEvaluator}
 * @param values what conditions speak of; what is missing is unknown, or not known yet
 * @param pending the names of what is not known yet
 * @param room whether a rate has room, by the rule's id
 */
record ReferenceDecision(
    List<Ruled> rules,
    Map<String, Set<String>> facts,
    Map<String, Object> values,
    Set<String> pending,
    Predicate<String> room) {

  /** A rule with its id and its condition. */
  record Ruled(String id, Rule rule, RandomConditions.@Nullable Tree when) {}

  /** Effect and rule; of a question also who must say yes. */
  String words(Subject subject) {
    List<Ruled> sorted = rules.stream().sorted(Comparator.comparing(Ruled::id)).toList();
    for (Ruled ruled : sorted) {
      if (restricts(ruled, Effect.FORBID) && holds(ruled)) {
        return "forbid " + ruled.id();
      }
    }
    for (Ruled ruled : sorted) {
      for (Effect effect : List.of(Effect.FORBID, Effect.LIMIT, Effect.REQUIRE_APPROVAL)) {
        if (restricts(ruled, effect) && fails(ruled)) {
          return "error-deny " + ruled.id();
        }
      }
    }
    if (sorted.stream().noneMatch(this::permits)) {
      return "default-deny default-deny";
    }
    for (Ruled ruled : sorted) {
      if (overfull(ruled) && over(ruled) == Rate.Over.FORBID) {
        return "forbid " + ruled.id();
      }
    }
    List<Ruled> asking =
        sorted.stream()
            .filter(ruled ->
                overfull(ruled) || (restricts(ruled, Effect.REQUIRE_APPROVAL) && holds(ruled)))
            .toList();
    if (asking.isEmpty()) {
      boolean red = facts.getOrDefault("zones", Set.of()).contains("red");
      return subject == Subject.TOOL && red ? "require-approval red-zone 1 []" : "permit";
    }
    return "require-approval %s %s".formatted(asking.getFirst().id(), people(asking));
  }

  private static String people(List<Ruled> asking) {
    int most = asking.stream().mapToInt(ruled -> ruled.rule().quorum().approvers()).max().orElse(0);
    List<Set<String>> named = new ArrayList<>();
    for (Ruled ruled : asking) {
      if (!ruled.rule().quorum().roles().isEmpty()) {
        named.add(new TreeSet<>(ruled.rule().quorum().roles()));
      }
    }
    Set<String> roles = new TreeSet<>();
    if (!named.isEmpty()) {
      roles.addAll(named.getFirst());
      named.forEach(roles::retainAll);
      if (roles.isEmpty()) {
        roles.add("admin");
      }
    }
    return most + " " + roles;
  }

  private boolean overfull(Ruled ruled) {
    return ruled.rule().rate() != null
        && pending.isEmpty()
        && restricts(ruled, Effect.LIMIT)
        && holds(ruled)
        && !room.test(ruled.id());
  }

  private static Rate.Over over(Ruled ruled) {
    Rate rate = ruled.rule().rate();
    return rate == null ? Rate.Over.FORBID : rate.over();
  }

  private boolean permits(Ruled ruled) {
    return ReferenceEvaluator.permits(ruled.rule(), facts) && (holds(ruled) || unknown(ruled));
  }

  private boolean restricts(Ruled ruled, Effect effect) {
    return ReferenceEvaluator.restricts(ruled.rule(), effect, facts);
  }

  private boolean holds(Ruled ruled) {
    return ruled.when() == null || Boolean.TRUE.equals(ruled.when().value(values));
  }

  private boolean fails(Ruled ruled) {
    return ruled.when() != null && ruled.when().value(values) == null && !unknown(ruled);
  }

  private boolean unknown(Ruled ruled) {
    return ruled.when() != null
        && ruled.when().value(values) == null
        && ruled.when().names().stream().anyMatch(pending::contains);
  }
}
