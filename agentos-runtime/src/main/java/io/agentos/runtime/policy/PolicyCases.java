package io.agentos.runtime.policy;

import io.agentos.runtime.definitions.Definitions;
import io.agentos.runtime.definitions.DocumentKind;
import io.agentos.runtime.definitions.Problems;
import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.policy.PolicyLoader.Text;
import io.agentos.runtime.policy.Situation.Counted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs a document of {@code kind: PolicyTest}: situations, and what policies must say to them. */
public final class PolicyCases {
  private PolicyCases() {}

  /**
   * How a case ended.
   *
   * @param told what was expected and what came; empty when it passed
   */
  public record Outcome(String name, boolean passed, String told) {}

  /**
   * Runs all cases of a document.
   *
   * @param file its name for messages
   * @param policies the text of a policy that the document names
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with all problems of the document,
   *     or of its policies
   */
  public static List<Outcome> run(String file, String content, Function<String, Text> policies) {
    Problems problems = new Problems();
    Optional<Section> document =
        Definitions.read(
            file, content.getBytes(StandardCharsets.UTF_8), DocumentKind.POLICY_TEST, problems);
    problems.throwIfAny();
    Section spec = document.orElseThrow().section("spec");
    List<Policy> all = new ArrayList<>();
    read(spec, "policies", Layer.BASE, policies, all);
    read(spec, "tenantPolicies", Layer.TENANT, policies, all);
    PolicyEngine engine = new PolicyEngine(all);
    List<Outcome> outcomes = new ArrayList<>();
    for (Section each : spec.sections("cases")) {
      Situation situation = CaseReader.situation(each);
      problems.throwIfAny();
      outcomes.add(outcome(each, decide(engine, situation, each.texts("full"))));
    }
    return List.copyOf(outcomes);
  }

  private static void read(
      Section spec, String key, Layer layer, Function<String, Text> policies, List<Policy> all) {
    List<Text> texts = spec.texts(key).stream().map(policies).toList();
    all.addAll(PolicyLoader.read(texts, layer, ""));
  }

  /** Every rate has room but those that are full. */
  private static Ruling decide(PolicyEngine engine, Situation situation, List<String> full) {
    Evaluation evaluation = engine.evaluate(situation);
    List<Counted> counted =
        evaluation.due().stream()
            .map(due -> {
              String rule = due.rule().id();
              return new Counted(rule, due.key(), due.amount(), 0, !full.contains(rule));
            })
            .toList();
    return evaluation.ruling(counted);
  }

  private static Outcome outcome(Section each, Ruling ruling) {
    Section expected = each.section("expect");
    List<String> wrong = new ArrayList<>();
    compare(wrong, "effect", expected.text("effect"), ruling.outcome().text());
    if (expected.has("rule")) {
      compare(wrong, "rule", expected.text("rule"), ruling.rule());
    }
    if (expected.has("approvers")) {
      compare(
          wrong,
          "approvers",
          String.valueOf(expected.number("approvers").orElse(0L)),
          String.valueOf(ruling.quorum() == null ? 0 : ruling.quorum().approvers()));
    }
    return new Outcome(each.text("name"), wrong.isEmpty(), String.join("; ", wrong));
  }

  private static void compare(List<String> wrong, String what, String expected, String found) {
    if (!expected.equals(found)) {
      wrong.add("%s is %s, expected %s".formatted(what, found, expected));
    }
  }
}
