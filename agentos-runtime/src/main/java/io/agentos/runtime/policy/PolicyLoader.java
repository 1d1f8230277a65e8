package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.Definitions;
import io.agentos.runtime.definitions.DocumentKind;
import io.agentos.runtime.definitions.Problems;
import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.Rule.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads policies from a folder of YAML documents, strictly. */
public final class PolicyLoader {
  private static final int PRIORITY_MAX = 9;

  private PolicyLoader() {}

  /**
   * The policies in the files {@code NAME.yaml} of {@code folder}; none of an empty folder, which
   * then denies everything.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all files, one a line
   */
  public static List<Policy> load(Path folder) {
    Problems problems = new Problems();
    List<Policy> policies = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section document : Definitions.readFolder(folder, DocumentKind.POLICY, problems)) {
      Section metadata = document.section("metadata");
      if (!names.add(metadata.text("name"))) {
        metadata.problem(
            "name",
            "found '%s', the name of another policy; allowed: each name once"
                .formatted(metadata.text("name")));
      }
      List<Rule> rules = rules(document.section("spec"));
      if (problems.count() == 0) {
        policies.add(new Policy(metadata.text("name"), metadata.text("description"), rules));
      }
    }
    problems.throwIfAny();
    return List.copyOf(policies);
  }

  private static List<Rule> rules(Section spec) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : spec.sections("rules")) {
      Rule rule = rule(section);
      if (!names.add(rule.name())) {
        section.problem(
            "name", "found '%s' a second time; allowed: each name once".formatted(rule.name()));
      }
      check(section, rule);
      rules.add(rule);
    }
    return rules;
  }

  private static Rule rule(Section rule) {
    return new Rule(
        rule.text("name"),
        Effect.valueOf(rule.text("effect").replace('-', '_').toUpperCase(Locale.ROOT)),
        match(rule.section("match")),
        rule.text("reason"),
        AgentLimits.of(rule.section("limits")));
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

  /** What holds between the parts of a rule. */
  private static void check(Section section, Rule rule) {
    checkModels(section, rule);
    boolean ofTools = !rule.match().tools().isEmpty();
    boolean ofModels = !rule.match().models().isEmpty();
    boolean limits = section.has("limits");
    switch (rule.effect()) {
      case PERMIT -> {
        if (limits && (ofTools || ofModels)) {
          section.problem(
              "limits",
              "found in a rule about %s; allowed: in rules about tasks"
                  .formatted(ofTools ? "tools" : "models"));
        }
      }
      case LIMIT -> {
        if (!limits) {
          section.problem("limits", "missing; allowed: the bounds that effect limit sets");
        }
        if (ofTools) {
          section
              .section("match")
              .problem(
                  "tools",
                  "found with effect limit; allowed: with permit, forbid and require-approval");
        }
      }
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
    if (!section.has("reason")) {
      section.problem(
          "reason",
          "missing; allowed: what effect %s tells those it stops"
              .formatted(section.text("effect")));
    }
  }
}
