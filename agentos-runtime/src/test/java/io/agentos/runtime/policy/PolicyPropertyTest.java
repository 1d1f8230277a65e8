package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.ToolSpec;
import io.agentos.api.Verdict;
import io.agentos.api.Verdict.Allow;
import io.agentos.api.Verdict.Deny;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The engine against a second evaluator, and against itself, over random policies and requests. */
final class PolicyPropertyTest {
  private static final int PAIRS = 12_000;
  private static final long SEED = 20_261_101;

  /** Each outcome must come up often, or the comparison would say little. */
  private static final int EACH_MIN = PAIRS / 100;

  @Test
  void admit_agreesWithTheReference() {
    Map<String, Integer> seen = new TreeMap<>();
    RandomPolicies random = new RandomPolicies(new Random(SEED));
    for (int i = 0; i < PAIRS; i++) {
      List<Rule> rules = random.rules();
      Request request = random.request();
      AgentDefinition agent = random.agentFor(request);
      Map<String, Set<String>> facts = RandomPolicies.facts(request, agent);

      Verdict verdict = engine(rules).admit(request, agent);

      String expected = ReferenceEvaluator.task(rules, facts);
      assertThat(word(verdict)).as("%s %s %s", rules, request, agent).isEqualTo(expected);
      if (verdict instanceof Allow allow) {
        assertThat(allow.limits().turnsMax())
            .as("%s %s %s", rules, request, agent)
            .isEqualTo(ReferenceEvaluator.turns(rules, facts, Limits.DEFAULT.turnsMax()));
      }
      seen.merge(expected, 1, Integer::sum);
    }
    assertThat(seen).hasSize(3).allSatisfy((_, count) -> assertThat(count).isGreaterThan(EACH_MIN));
  }

  @Test
  void validate_agreesWithTheReference_andNeverDeniesWhatAdmitAllows() {
    Map<String, Integer> seen = new TreeMap<>();
    RandomPolicies random = new RandomPolicies(new Random(SEED + 1));
    for (int i = 0; i < PAIRS; i++) {
      List<Rule> rules = random.rules();
      Request request = random.request();
      TestEngine engine = engine(rules);

      Verdict first = engine.validate(request);
      Verdict last = engine.admit(request, random.agentFor(request));

      String expected = ReferenceEvaluator.task(rules, RandomPolicies.facts(request));
      assertThat(word(first)).as("%s %s", rules, request).isEqualTo(expected);
      switch (first) {
        case Deny _ -> assertThat(last).as("%s %s", rules, request).isInstanceOf(Deny.class);
        case Allow allow -> {
          if (last instanceof Allow admitted) {
            assertThat(allow.limits().tightest(admitted.limits())).isEqualTo(admitted.limits());
          }
        }
      }
      seen.merge(expected + " " + word(last), 1, Integer::sum);
    }
    assertThat(seen.keySet()).contains("permit forbid", "permit none", "permit permit");
  }

  @Test
  void tool_agreesWithTheReference_andRedIsNeverMerelyPermitted() {
    Map<String, Integer> seen = new TreeMap<>();
    RandomPolicies random = new RandomPolicies(new Random(SEED + 2));
    for (int i = 0; i < PAIRS; i++) {
      List<Rule> rules = random.rules();
      Request request = random.request();
      AgentDefinition agent = random.agentFor(request);
      ToolSpec tool = random.tool();

      ToolVerdict verdict = engine(rules).tool(request, agent, tool);

      String expected = ReferenceEvaluator.tool(rules, RandomPolicies.facts(request, agent, tool));
      assertThat(word(verdict)).as("%s %s %s %s", rules, request, agent, tool).isEqualTo(expected);
      if (tool.zone() == Zone.RED || agent.zone() == Zone.RED) {
        assertThat(verdict).isNotInstanceOf(ToolVerdict.Permit.class);
      }
      seen.merge(expected, 1, Integer::sum);
    }
    assertThat(seen).hasSize(4).allSatisfy((_, count) -> assertThat(count).isGreaterThan(EACH_MIN));
  }

  @Test
  void addingARestriction_neverAllowsOrWidens() {
    RandomPolicies random = new RandomPolicies(new Random(SEED + 3));
    Map<Effect, Integer> changed = new HashMap<>();
    for (int i = 0; i < PAIRS / 2; i++) {
      List<Rule> rules = random.rules();
      Request request = random.request();
      AgentDefinition agent = random.agentFor(request);
      ToolSpec tool = random.tool();
      Rule more = random.restriction("more");
      List<Rule> longer = new ArrayList<>(rules);
      longer.add(more);

      TestEngine one = engine(rules);
      TestEngine other = engine(longer);
      Verdict before = one.admit(request, agent);
      Verdict after = other.admit(request, agent);
      if (after instanceof Allow wide) {
        assertThat(before).as("%s + %s", rules, more).isInstanceOf(Allow.class);
        assertThat(wide.limits().tightest(((Allow) before).limits())).isEqualTo(wide.limits());
      }
      ToolVerdict toolBefore = one.tool(request, agent, tool);
      ToolVerdict toolAfter = other.tool(request, agent, tool);
      assertThat(freedom(toolAfter))
          .as("%s + %s", rules, more)
          .isLessThanOrEqualTo(freedom(toolBefore));
      if (!word(before).equals(word(after)) || freedom(toolBefore) != freedom(toolAfter)) {
        changed.merge(more.effect(), 1, Integer::sum);
      }
    }
    assertThat(changed.keySet()).contains(Effect.FORBID, Effect.REQUIRE_APPROVAL);
  }

  @Test
  void order_meansNothing() {
    Random shuffle = new Random(SEED + 4);
    RandomPolicies random = new RandomPolicies(shuffle);
    for (int i = 0; i < PAIRS / 3; i++) {
      List<Rule> rules = random.rules();
      Request request = random.request();
      AgentDefinition agent = random.agentFor(request);
      ToolSpec tool = random.tool();
      List<Rule> permuted = new ArrayList<>(rules);
      Collections.shuffle(permuted, shuffle);
      TestEngine one = new TestEngine(List.of(policy("a", rules), policy("b", permuted)));
      TestEngine other = new TestEngine(List.of(policy("b", rules), policy("a", permuted)));

      assertThat(other.version()).isEqualTo(one.version());
      assertThat(other.validate(request)).isEqualTo(one.validate(request));
      assertThat(other.admit(request, agent)).isEqualTo(one.admit(request, agent));
      assertThat(other.tool(request, agent, tool)).isEqualTo(one.tool(request, agent, tool));
    }
  }

  private static TestEngine engine(List<Rule> rules) {
    return new TestEngine(List.of(policy("random", rules)));
  }

  private static Policy policy(String name, List<Rule> rules) {
    return new Policy(name, "Random", rules);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Allow _ -> "permit";
      case Deny deny -> deny.rule().equals(PolicyEngine.DEFAULT_DENY) ? "none" : "forbid";
    };
  }

  private static String word(ToolVerdict verdict) {
    return switch (verdict) {
      case ToolVerdict.Permit _ -> "permit";
      case ToolVerdict.RequireApproval _ -> "ask";
      case ToolVerdict.Forbid forbid ->
          forbid.rule().equals(PolicyEngine.DEFAULT_DENY) ? "none" : "forbid";
    };
  }

  private static int freedom(ToolVerdict verdict) {
    return switch (verdict) {
      case ToolVerdict.Permit _ -> 2;
      case ToolVerdict.RequireApproval _ -> 1;
      case ToolVerdict.Forbid _ -> 0;
    };
  }
}
