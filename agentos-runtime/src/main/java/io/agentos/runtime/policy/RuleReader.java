package io.agentos.runtime.policy;

import io.agentos.api.Quorum;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.Rule.Effect;
import io.agentos.runtime.policy.Rule.Kind;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one rule of a document that fits the schema. */
final class RuleReader {
  private static final int PRIORITY_MAX = 9;
  private static final String RETENTION = "retention";

  private RuleReader() {}

  static Rule read(Section rule) {
    return new Rule(
        rule.text("name"),
        kind(rule),
        Effect.valueOf(constant(rule.text("effect"))),
        match(rule.section("match")),
        rule.text("when").strip(),
        rule.text("reason"),
        AgentLimits.of(rule.section("limits")),
        quorum(rule.section("approvers")),
        rule.has("rate") ? rate(rule.section("rate")) : null,
        rule.line());
  }

  private static Kind kind(Section rule) {
    String kind = rule.text("kind");
    if (kind.equals(RETENTION)) {
      rule.problem(
          "kind",
          "found 'retention'; how long records are kept is not said by policies but by 'agentos"
              + " retention set'; allowed: access, rate-limit, quota, cost-control, compliance,"
              + " egress");
      return Kind.ACCESS;
    }
    return kind.isEmpty() ? Kind.ACCESS : Kind.valueOf(constant(kind));
  }

  private static String constant(String text) {
    return text.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Quorum quorum(Section approvers) {
    return new Quorum(
        approvers.number("count").map(Math::toIntExact).orElse(1), approvers.texts("roles"));
  }

  private static @Nullable Rate rate(Section rate) {
    Duration window = rate.duration("window", Rate.WINDOW_MAX).orElse(Rate.WINDOW_MAX);
    return new Rate(
        rate.number("max").orElse(0L),
        window,
        Rate.By.valueOf(constant(rate.has("by") ? rate.text("by") : "tenant")),
        rate.text("amount").strip(),
        rate.text("over").equals("require-approval")
            ? Rate.Over.REQUIRE_APPROVAL
            : Rate.Over.FORBID);
  }

  private static Match match(Section match) {
    return new Match(
        match.texts("tenants"),
        match.texts("packs"),
        match.texts("agents"),
        match.texts("types"),
        match.texts("tools"),
        match.texts("models"),
        match.texts("zones").stream()
            .map(zone -> Zone.valueOf(zone.toUpperCase(Locale.ROOT)))
            .toList(),
        match.section("labels").textMembers(),
        match.number("priorityMax").map(Math::toIntExact).orElse(PRIORITY_MAX));
  }
}
