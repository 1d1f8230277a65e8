package io.agentos.runtime.policy;

import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.Rule.Effect;
import java.time.Duration;

/** What holds between the parts of a rule, beyond the schema. */
final class RuleCheck {
  private static final Duration RATE_LIMIT_WINDOW_MAX = Duration.ofDays(1);

  private RuleCheck() {}

  static void check(Section section, Rule rule) {
    checkModels(section, rule);
    checkEffect(section, rule);
    checkExpressions(section, rule);
    KindCheck.check(section, rule);
    if (section.has("approvers") && !asks(rule)) {
      section.problem(
          "approvers",
          "found in a rule that asks nobody; allowed: with effect require-approval, or rate.over"
              + " require-approval");
    }
    if (rule.rate() != null && asks(rule) && rule.subject() != Subject.TOOL) {
      section
          .section("rate")
          .problem(
              "over",
              "found 'require-approval' in a rule about %ss; allowed: in rules about tools"
                  .formatted(rule.subject().text()));
    }
  }

  private static boolean asks(Rule rule) {
    return rule.effect() == Effect.REQUIRE_APPROVAL
        || (rule.rate() != null && rule.rate().over() == Rate.Over.REQUIRE_APPROVAL);
  }

  private static void checkExpressions(Section section, Rule rule) {
    if (section.has("when")) {
      compile(section, "when", () -> Conditions.condition(rule.subject(), rule.when()));
    }
    if (section.section("rate").has("amount")) {
      String amount = rule.rate() == null ? "" : rule.rate().amount();
      compile(section.section("rate"), "amount", () -> Conditions.amount(rule.subject(), amount));
    }
  }

  private interface Compilation {
    Condition run() throws Conditions.Broken;
  }

  private static void compile(Section section, String key, Compilation compilation) {
    try {
      compilation.run();
    } catch (Conditions.Broken e) {
      section.problem(key, "does not compile at " + e.getMessage());
    }
  }

  private static void checkEffect(Section section, Rule rule) {
    boolean ofTools = rule.subject() == Subject.TOOL;
    boolean limits = section.has("limits");
    if (section.has("rate") && rule.effect() != Effect.LIMIT) {
      section.problem(
          "rate", "found with effect %s; allowed: with limit".formatted(section.text("effect")));
    }
    switch (rule.effect()) {
      case PERMIT -> {
        if (limits && rule.subject() != Subject.TASK) {
          section.problem(
              "limits",
              "found in a rule about %s; allowed: in rules about tasks"
                  .formatted(ofTools ? "tools" : "models"));
        }
      }
      case LIMIT -> checkLimit(section, rule, limits);
      case FORBID -> restricts(section, limits);
      case REQUIRE_APPROVAL -> {
        restricts(section, limits);
        if (!ofTools) {
          section
              .section("match")
              .problem(
                  "tools", "missing; allowed: the tools that effect require-approval is about");
        }
      }
    }
  }

  private static void checkLimit(Section section, Rule rule, boolean limits) {
    boolean rate = section.has("rate");
    if (rate && limits) {
      section.problem("limits", "found beside rate; allowed: one of both, in a rule of its own");
    }
    if (!rate && !limits) {
      section.problem("limits", "missing; allowed: the bounds that effect limit sets, or a rate");
    }
    if (!rate && rule.subject() == Subject.TOOL) {
      section
          .section("match")
          .problem(
              "tools",
              "found with effect limit; allowed: with permit, forbid and require-approval, or with"
                  + " a rate");
    }
    if (rate) {
      needsReason(section);
    }
  }

  private static void checkModels(Section section, Rule rule) {
    if (rule.match().models().isEmpty()) {
      return;
    }
    if (!rule.match().tools().isEmpty()) {
      section
          .section("match")
          .problem("models", "found beside tools; allowed: one of both, in a rule of its own");
    }
    if (rule.effect() == Effect.LIMIT || rule.effect() == Effect.REQUIRE_APPROVAL) {
      section
          .section("match")
          .problem(
              "models",
              "found with effect %s; allowed: with permit and forbid"
                  .formatted(section.text("effect")));
    }
  }

  private static void restricts(Section section, boolean limits) {
    if (limits) {
      section.problem(
          "limits",
          "found with effect %s; allowed: with permit and limit".formatted(section.text("effect")));
    }
    needsReason(section);
  }

  private static void needsReason(Section section) {
    if (!section.has("reason")) {
      section.problem(
          "reason",
          "missing; allowed: what effect %s tells those it stops"
              .formatted(section.text("effect")));
    }
  }

  /** What a rate limit is no longer. */
  static boolean longerThanRateLimit(Rate rate) {
    return rate.window().compareTo(RATE_LIMIT_WINDOW_MAX) > 0;
  }
}
