package io.agentos.runtime.policy;

import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.List;

/** What the layer of a rule allows it to be. */
final class LayerCheck {
  private LayerCheck() {}

  static void check(Section section, Rule rule, Layer layer, String pack) {
    switch (layer) {
      case BASE, ENVIRONMENT -> {}
      case PACK -> {
        if (!rule.match().packs().isEmpty() && !rule.match().packs().equals(List.of(pack))) {
          section
              .section("match")
              .problem(
                  "packs",
                  "found %s in a policy of pack %s; allowed: that pack"
                      .formatted(String.join(", ", rule.match().packs()), pack));
        }
      }
      case TENANT -> {
        if (rule.effect() == Effect.PERMIT) {
          section.problem(
              "effect",
              "found 'permit' in a policy of a tenant, which only tightens; allowed: forbid, limit,"
                  + " require-approval");
        }
        if (!rule.match().tenants().isEmpty()) {
          section
              .section("match")
              .problem(
                  "tenants",
                  "found in a policy of a tenant; allowed: nothing, it is about that tenant");
        }
      }
    }
  }

  /** The rule, about its pack alone. */
  static Rule confined(Rule rule, String pack) {
    Match match = rule.match();
    return rule.with(
        new Match(
            match.tenants(),
            List.of(pack),
            match.agents(),
            match.types(),
            match.tools(),
            match.models(),
            match.zones(),
            match.labels(),
            match.priorityMax()));
  }
}
