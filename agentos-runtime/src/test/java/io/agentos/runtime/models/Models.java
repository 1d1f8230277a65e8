package io.agentos.runtime.models;

import io.agentos.api.AgentId;
import io.agentos.api.Message;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.OutputRules;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.policy.Match;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.Rule;
import io.agentos.spi.ModelProvider;
import java.util.List;
import java.util.Map;

/** Agents, tasks, prices and policies to route models with. */
final class Models {
  /** One dollar for a million tokens in, two out: a token costs 1 or 2 micro-dollars. */
  static final ExplicitPrice PRICE = new ExplicitPrice(1_000_000, 100_000, 2_000_000);

  private Models() {}

  /** A catalogue where each {@code PROVIDER/MODEL} costs {@link #PRICE}. */
  static Catalogue catalogue(String... names) {
    Catalogue catalogue = Catalogue.EMPTY;
    for (String name : names) {
      catalogue = catalogue.with(Candidates.providerOf(name), model(name), PRICE);
    }
    return catalogue;
  }

  static ConfiguredProvider configured(ModelProvider provider, String model) {
    return new ConfiguredProvider(provider, model);
  }

  /** Policies that permit every model but those of {@code forbidden} patterns. */
  static Policies policy(String... forbidden) {
    Rule permit = rule("permit", Rule.Effect.PERMIT, "", "*");
    List<Rule> rules =
        forbidden.length == 0
            ? List.of(permit)
            : List.of(permit, rule("no", Rule.Effect.FORBID, "Not here.", forbidden));
    return Policies.fixed(
        List.of(new Policy("models", "For tests", rules)), java.time.InstantSource.system());
  }

  static ModelTask task(Routing routing, String... models) {
    return task(new Generation(null, null, false, null), routing, List.of(), models);
  }

  static ModelTask task(
      Generation generation, Routing routing, List<ToolSpec> tools, String... models) {
    LlmAgent llm =
        new LlmAgent(List.of(models), routing, generation, "You help.", OutputRules.NONE);
    AgentDefinition agent =
        new AgentDefinition(
            AgentId.parse("shop.keeper"),
            "Keeps the shop",
            Zone.GREEN,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            AgentLimits.NONE,
            llm);
    return new ModelTask(
        request(), agent, llm, List.of(new Message.User("What is in stock?")), tools, 256);
  }

  static Request request() {
    return new Request(
        TestStore.ACME,
        TaskId.next(),
        "key:test",
        new Request.Target(null, "shop.keeper", null),
        new TaskInput.Text("What is in stock?"),
        5,
        null,
        null,
        Map.of(),
        null);
  }

  private static String model(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static Rule rule(String name, Rule.Effect effect, String reason, String... models) {
    return new Rule(
        name,
        effect,
        new Match(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(models),
            List.of(),
            Map.of(),
            9),
        reason,
        AgentLimits.NONE);
  }
}
