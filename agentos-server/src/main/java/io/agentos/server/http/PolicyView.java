package io.agentos.server.http;

import io.agentos.api.Quorum;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Match;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.PolicyEngine;
import io.agentos.runtime.policy.Rate;
import io.agentos.runtime.policy.Rule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All rules in force for a tenant, as callers see them.
 *
 * @param documents those the tenant adds, as it wrote them
 */
record PolicyView(String version, List<String> documents, List<Document> policies) {

  /** One policy with the layer, pack and file it comes from. */
  record Document(
      String id,
      String layer,
      @Nullable String pack,
      String description,
      String file,
      List<Line> rules) {
    static Document of(Policy policy) {
      return new Document(
          policy.id(),
          policy.layer().text(),
          policy.pack().isEmpty() ? null : policy.pack(),
          policy.description(),
          policy.file(),
          policy.rules().stream().map(rule -> Line.of(policy, rule)).toList());
    }
  }

  /**
   * One rule.
   *
   * @param line where it stands in its file
   * @param approvers null where it asks nobody
   */
  record Line(
      String id,
      int line,
      String subject,
      String kind,
      String effect,
      Match match,
      @Nullable String when,
      @Nullable String reason,
      @Nullable AgentLimits limits,
      @Nullable Quorum approvers,
      @Nullable Rate rate) {
    static Line of(Policy policy, Rule rule) {
      boolean asks =
          rule.effect() == Rule.Effect.REQUIRE_APPROVAL
              || (rule.rate() != null && rule.rate().over() == Rate.Over.REQUIRE_APPROVAL);
      return new Line(
          policy.id() + "/" + rule.name(),
          rule.line(),
          rule.subject().text(),
          text(rule.kind()),
          text(rule.effect()),
          rule.match(),
          rule.when().isEmpty() ? null : rule.when(),
          rule.reason().isEmpty() ? null : rule.reason(),
          rule.limits().equals(AgentLimits.NONE) ? null : rule.limits(),
          asks ? rule.quorum() : null,
          rule.rate());
    }

    private static String text(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static PolicyView of(PolicyEngine engine, List<String> documents) {
    return new PolicyView(
        engine.version(), documents, engine.policies().stream().map(Document::of).toList());
  }
}
