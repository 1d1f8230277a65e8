package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import io.agentos.api.Quorum;
import io.agentos.runtime.policy.Match.Answer;
import io.agentos.runtime.policy.Ruling.Outcome;
import io.agentos.runtime.policy.Situation.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rules for one situation: what they say before rates are counted, and which
 * rates are to be counted.
 *
 * <p>Used by one thread.
 */
final class Evaluation {
  private final Situation situation;
  private final List<CompiledRule> permits = new ArrayList<>();
  private final List<CompiledRule> possible = new ArrayList<>();
  private final List<CompiledRule> limits = new ArrayList<>();
  private final List<CompiledRule> approvals = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private @Nullable CompiledRule forbid;
  private @Nullable Ruling error;

  /** A rate that a call counts against. */
  record Due(CompiledRule rule, String key, long amount) {}

  /**
   * @param rules in the order of their ids
   */
  Evaluation(List<CompiledRule> rules, Situation situation) {
    this.situation = situation;
    String ended = situation.text(Situations.ENDED);
    if (!ended.isEmpty()) {
      error = Ruling.no(Outcome.FORBID, PolicyEngine.NO_MANDATE, ended);
      return;
    }
    for (CompiledRule rule : rules) {
      if (forbid == null) {
        add(rule);
      }
    }
  }

  /** The rates to count, in the order of their rules; none when it is denied anyway. */
  List<Due> due() {
    return denied().isPresent() ? List.of() : List.copyOf(due);
  }

  /** What the rules say, with what rates came to. */
  Ruling ruling(List<Counted> counted) {
    Optional<Ruling> denied = denied();
    if (denied.isPresent()) {
      return denied.get();
    }
    List<CompiledRule> asking = new ArrayList<>(approvals);
    for (Due each : due) {
      if (!fits(each, counted)) {
        if (over(each) == Rate.Over.FORBID) {
          return no(Outcome.FORBID, each.rule());
        }
        asking.add(each.rule());
      }
    }
    asking.sort(Comparator.comparing(CompiledRule::id));
    return situation.subject() == Subject.TASK ? task(asking) : call(asking);
  }

  private void add(CompiledRule rule) {
    boolean permitted = !permits.isEmpty() && situation.subject() != Subject.TASK;
    if (rule.effect() == Rule.Effect.PERMIT && permitted) {
      return;
    }
    CompiledRule.Said said = rule.ask(situation);
    if (said.failure() != null) {
      if (rule.effect() != Rule.Effect.PERMIT && said.answer() == Answer.YES) {
        failed(rule, said.failure());
      }
      return;
    }
    switch (rule.effect()) {
      case PERMIT -> addPermit(rule, said.answer());
      case FORBID -> forbid = said.answer() == Answer.YES ? rule : forbid;
      case LIMIT -> {
        if (said.answer() == Answer.YES) {
          limit(rule);
        }
      }
      case REQUIRE_APPROVAL -> {
        if (said.answer() == Answer.YES) {
          approvals.add(rule);
        }
      }
    }
  }

  private void addPermit(CompiledRule rule, Answer answer) {
    switch (answer) {
      case YES -> permits.add(rule);
      case UNKNOWN -> possible.add(rule);
      case NO -> {}
    }
  }

  private void limit(CompiledRule rule) {
    if (rule.rule().rate() == null) {
      limits.add(rule);
      return;
    }
    if (!situation.pending().isEmpty()) {
      return;
    }
    Condition amount = rule.amount();
    if (amount == null) {
      due.add(new Due(rule, rule.key(situation), 1));
      return;
    }
    switch (amount.evaluate(situation)) {
      case Condition.Result.Value(Long counted) when counted >= 0 ->
          due.add(new Due(rule, rule.key(situation), counted));
      case Condition.Result.Value _ -> failed(rule, "INVALID_AMOUNT");
      case Condition.Result.Unknown() -> {}
      case Condition.Result.Failed(String code) -> failed(rule, code);
    }
  }

  private void failed(CompiledRule rule, String code) {
    if (error == null) {
      error =
          Ruling.no(
              Outcome.ERROR_DENY,
              rule.id(),
              "Rule %s could not be evaluated (%s); what cannot be evaluated is denied (%s)."
                  .formatted(rule.id(), code, PolicyEngine.ERROR_DENY));
    }
  }

  private Optional<Ruling> denied() {
    if (forbid != null) {
      return Optional.of(no(Outcome.FORBID, forbid));
    }
    if (error != null) {
      return Optional.of(error);
    }
    boolean mayBe = situation.subject() == Subject.TASK && !possible.isEmpty();
    return permits.isEmpty() && !mayBe ? Optional.of(defaultDeny()) : Optional.empty();
  }

  private Ruling defaultDeny() {
    String reason =
        switch (situation.subject()) {
          case TASK -> "No policy rule permits it: %s.".formatted(situation.facts().inWords());
          case TOOL ->
              "No policy rule permits tool %s: %s."
                  .formatted(situation.text("tool.name"), situation.facts().inWords());
          case MODEL -> "No policy rule permits model %s.".formatted(situation.text("model"));
        };
    return Ruling.no(Outcome.DEFAULT_DENY, PolicyEngine.DEFAULT_DENY, reason);
  }

  private Ruling task(List<CompiledRule> asking) {
    if (!asking.isEmpty()) {
      return no(Outcome.FORBID, asking.getFirst());
    }
    Limits bounds = TaskLimits.of(rules(permits), rules(possible), rules(limits));
    Limits asked = situation.limits();
    return new Ruling(
        Outcome.PERMIT,
        (permits.isEmpty() ? possible : permits).getFirst().id(),
        "",
        asked == null ? bounds : bounds.tightest(asked),
        null);
  }

  private Ruling call(List<CompiledRule> asking) {
    boolean red = situation.subject() == Subject.TOOL && situation.text("zone").equals("red");
    if (asking.isEmpty() && !red) {
      return new Ruling(Outcome.PERMIT, permits.getFirst().id(), "", null, null);
    }
    if (asking.isEmpty()) {
      return new Ruling(
          Outcome.REQUIRE_APPROVAL,
          PolicyEngine.RED_ZONE,
          "Tool %s would act in zone red, where a person decides each time."
              .formatted(situation.text("tool.name")),
          null,
          Quorum.ONE);
    }
    Quorum quorum =
        asking.stream().map(each -> each.rule().quorum()).reduce(Quorum::and).orElseThrow();
    CompiledRule first = asking.getFirst();
    return new Ruling(Outcome.REQUIRE_APPROVAL, first.id(), first.rule().reason(), null, quorum);
  }

  private static Ruling no(Outcome outcome, CompiledRule rule) {
    return Ruling.no(outcome, rule.id(), rule.rule().reason());
  }

  /** Whether there was room; there is none for what was not counted. */
  private static boolean fits(Due due, List<Counted> counted) {
    return counted.stream()
        .anyMatch(each ->
            each.rule().equals(due.rule().id()) && each.key().equals(due.key()) && each.fits());
  }

  private static Rate.Over over(Due due) {
    Rate rate = due.rule().rule().rate();
    return rate == null ? Rate.Over.FORBID : rate.over();
  }

  private static List<Rule> rules(List<CompiledRule> compiled) {
    return compiled.stream().map(CompiledRule::rule).toList();
  }
}
