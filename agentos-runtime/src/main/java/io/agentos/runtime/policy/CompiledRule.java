package io.agentos.runtime.policy;

import io.agentos.runtime.policy.Match.Answer;
import io.agentos.runtime.policy.Match.Quantifier;
import io.agentos.runtime.policy.Rule.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to be asked.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id its full name, {@code policy/rule}
 * @param when null for none
 * @param amount what a call counts against its rate; null for 1
 */
record CompiledRule(String id, Rule rule, @Nullable Condition when, @Nullable Condition amount) {

  /** Whether it applies, and if that cannot be said, why. */
  record Said(Answer answer, @Nullable String failure) {
    private static final Said YES = new Said(Answer.YES, null);
    private static final Said NO = new Said(Answer.NO, null);
    private static final Said UNKNOWN = new Said(Answer.UNKNOWN, null);

    static Said of(Answer answer) {
      return switch (answer) {
        case YES -> YES;
        case NO -> NO;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  /**
   * @throws IllegalArgumentException when an expression does not compile
   */
  static CompiledRule of(String policy, Rule rule) {
    String id = policy + "/" + rule.name();
    try {
      return new CompiledRule(
          id,
          rule,
          rule.when().isEmpty() ? null : Conditions.condition(rule.subject(), rule.when()),
          rule.rate() == null || rule.rate().amount().isEmpty()
              ? null
              : Conditions.amount(rule.subject(), rule.rate().amount()));
    } catch (Conditions.Broken e) {
      throw new IllegalArgumentException("rule %s: %s".formatted(id, e.getMessage()), e);
    }
  }

  Effect effect() {
    return rule.effect();
  }

  Said ask(Situation situation) {
    Answer match =
        rule.match()
            .answer(
                situation.facts(), effect() == Effect.PERMIT ? Quantifier.EVERY : Quantifier.ANY);
    if (match == Answer.NO || when == null) {
      return Said.of(match);
    }
    return switch (when.evaluate(situation)) {
      case Condition.Result.Value(Object value) ->
          Said.of(Boolean.TRUE.equals(value) ? match : Answer.NO);
      case Condition.Result.Unknown() -> Said.of(Answer.UNKNOWN);
      case Condition.Result.Failed(String code) -> new Said(match, code);
    };
  }

  /** Whose calls are counted together with this one. */
  String key(Situation situation) {
    if (rule.rate() == null) {
      throw new IllegalStateException("no rate in rule " + id);
    }
    return switch (rule.rate().by()) {
      case TENANT -> "";
      case PACK -> situation.text("agent.pack");
      case AGENT -> situation.text("agent.id");
      case PRINCIPAL -> situation.text("principal.id");
      case TASK -> situation.text("task.id");
    };
  }
}
