package io.agentos.runtime.policy;

import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each kind of rule may contain; docs/policies.md says the same in a table. */
final class KindCheck {
  private static final Pattern MONEY = Pattern.compile("cost_usd_micros");
  private static final List<Effect> RESTRICTING =
      List.of(Effect.FORBID, Effect.REQUIRE_APPROVAL, Effect.LIMIT);

  private KindCheck() {}

  static void check(Section section, Rule rule) {
    Rate rate = rule.rate();
    switch (rule.kind()) {
      case ACCESS -> noRate(section, rule);
      case RATE_LIMIT -> rateLimit(section, rule, rate);
      case QUOTA -> needsRate(section, rule, rate);
      case COST_CONTROL -> {
        effects(section, rule, RESTRICTING);
        noRate(section, rule);
        if (rule.limits().costUsdMicrosMax() == null && !MONEY.matcher(rule.when()).find()) {
          section.problem(
              section.has("when") ? "when" : "kind",
              "found kind cost-control without money; allowed: with limits.costUsdMicrosMax, or a"
                  + " condition on usage.cost_usd_micros or tool.cost_usd_micros");
        }
      }
      case COMPLIANCE -> {
        effects(section, rule, RESTRICTING);
        noRate(section, rule);
      }
      case EGRESS -> {
        effects(section, rule, List.of(Effect.FORBID, Effect.REQUIRE_APPROVAL));
        noRate(section, rule);
        if (rule.subject() == Subject.TASK) {
          section.problem(
              "match",
              "found kind egress about tasks; allowed: with tools or models, by which data leaves");
        }
      }
    }
  }

  private static void rateLimit(Section section, Rule rule, @Nullable Rate rate) {
    if (!needsRate(section, rule, rate) || rate == null) {
      return;
    }
    if (!rate.amount().isEmpty()) {
      section
          .section("rate")
          .problem(
              "amount", "found in kind rate-limit, which counts calls; allowed: in kind quota");
    }
    if (RuleCheck.longerThanRateLimit(rate)) {
      section
          .section("rate")
          .problem(
              "window",
              "found '%s' in kind rate-limit; allowed: PT1S to PT24H, longer in kind quota"
                  .formatted(section.section("rate").text("window")));
    }
  }

  private static boolean needsRate(Section section, Rule rule, @Nullable Rate rate) {
    effects(section, rule, List.of(Effect.LIMIT));
    if (rate == null) {
      section.problem(
          "rate", "missing; allowed: how much kind %s lets happen".formatted(text(rule)));
    }
    return rate != null;
  }

  private static void noRate(Section section, Rule rule) {
    if (section.has("rate")) {
      section.problem(
          "rate", "found in kind %s; allowed: in kinds rate-limit and quota".formatted(text(rule)));
    }
  }

  private static void effects(Section section, Rule rule, List<Effect> allowed) {
    if (!allowed.contains(rule.effect())) {
      section.problem(
          "effect",
          "found '%s' in kind %s; allowed: %s"
              .formatted(
                  section.text("effect"),
                  text(rule),
                  String.join(", ", allowed.stream().map(KindCheck::text).toList())));
    }
  }

  private static String text(Rule rule) {
    return text(rule.kind());
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
