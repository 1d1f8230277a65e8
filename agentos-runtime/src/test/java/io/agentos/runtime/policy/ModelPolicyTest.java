package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Request;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelPolicyTest {
  private static final Request REQUEST = Samples.request("shop", "keeper", null);
  private static final AgentDefinition AGENT = Samples.agent("shop.keeper", Zone.RED);

  private static final Rule PERMIT_ALL =
      new Rule("permit", Effect.PERMIT, models(List.of(), "*"), "", AgentLimits.NONE);

  @Test
  void model_noRule_isDenied() {
    assertThat(engine().model(REQUEST, AGENT, "openai/gpt-6-luna"))
        .isEqualTo(
            new ModelVerdict.Forbid(
                PolicyEngine.DEFAULT_DENY, "No policy rule permits model openai/gpt-6-luna."));
  }

  @Test
  void model_permitted_saysTheRule() {
    assertThat(engine(PERMIT_ALL).model(REQUEST, AGENT, "openai/gpt-6-luna"))
        .isEqualTo(new ModelVerdict.Permit("models/permit"));
  }

  @Test
  void model_forbidden_winsOverPermits() {
    Rule forbid =
        new Rule(
            "home",
            Effect.FORBID,
            models(List.of(Zone.RED), "deepseek/*"),
            "Red work stays at home.",
            AgentLimits.NONE);

    assertThat(engine(PERMIT_ALL, forbid).model(REQUEST, AGENT, "deepseek/deepseek-flash"))
        .isEqualTo(new ModelVerdict.Forbid("models/home", "Red work stays at home."));
    assertThat(engine(PERMIT_ALL, forbid).model(REQUEST, AGENT, "openai/gpt-6-luna"))
        .isEqualTo(new ModelVerdict.Permit("models/permit"));
  }

  @Test
  void model_rulesAboutTasksAndTools_doNotPermit() {
    Rule task = new Rule("task", Effect.PERMIT, Samples.ANYTHING, "", AgentLimits.NONE);
    Rule tool =
        new Rule("tool", Effect.PERMIT, Samples.match().tools("*").build(), "", AgentLimits.NONE);

    assertThat(engine(task, tool).model(REQUEST, AGENT, "openai/gpt-6-luna").rule())
        .isEqualTo(PolicyEngine.DEFAULT_DENY);
  }

  private static Match models(List<Zone> zones, String... patterns) {
    return new Match(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(patterns),
        zones,
        Map.of(),
        9);
  }

  private static TestEngine engine(Rule... rules) {
    return new TestEngine(List.of(new Policy("models", "A test", List.of(rules))));
  }
}
