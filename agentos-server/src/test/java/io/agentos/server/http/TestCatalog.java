package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.CatalogueLoader;
import io.agentos.runtime.definitions.AgentBody;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.OutputRules;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.definitions.StepDefinition;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.routing.Analysis;
import io.agentos.runtime.routing.TaskRouter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two packs: one whose agents work, one whose model is missing; they share an agent's name. */
final class TestCatalog implements Catalog {
  static final ToolSpec READ =
      new ToolSpec(
          "files.read",
          "Reads a file.",
          Map.of("type", "object", "additionalProperties", false),
          ToolSpec.Effect.READ_ONLY,
          Zone.GREEN,
          Duration.ofSeconds(30));
  static final ToolSpec SEND =
      new ToolSpec(
          "mail.send",
          "Sends a mail.",
          Map.of("type", "object"),
          ToolSpec.Effect.ONCE,
          Zone.RED,
          Duration.ofMinutes(1));

  private static final AgentBody WORKFLOW =
      new WorkflowAgent(
          List.of(new StepDefinition.ToolStep("read", "files.read", Map.of())),
          new OutputTemplate("${steps.read.text}", null));
  private static final AgentBody LLM =
      new LlmAgent(
          List.of("openai"), Routing.PINNED, Generation.DEFAULT, "You write.", OutputRules.NONE);

  private static final Catalogue MODELS =
      CatalogueLoader.load(List.of(Path.of("src/test/resources/models")));

  private final Runnable whenProvidersAreListed;

  TestCatalog(Runnable whenProvidersAreListed) {
    this.whenProvidersAreListed = whenProvidersAreListed;
  }

  @Override
  public List<PackDefinition> packs() {
    return List.of(
        pack(
            "mail",
            agent("mail", "sorter", "sort", WORKFLOW),
            agent("mail", "reviewer", "review", WORKFLOW)),
        pack(
            "text",
            agent("text", "writer", "write", LLM),
            agent("text", "reviewer", "review", LLM)));
  }

  @Override
  public Availability availability(AgentId agent) {
    return agent.pack().equals("mail")
        ? Availability.AVAILABLE
        : Availability.missing("OPENAI_API_KEY is not set.");
  }

  @Override
  public Analysis route(Request.Target target, TaskInput input) {
    return new TaskRouter().analyse(target, input, packs());
  }

  @Override
  public List<ToolSpec> tools() {
    return List.of(READ, SEND);
  }

  @Override
  public List<Provider> providers() {
    whenProvidersAreListed.run();
    return List.of(
        new Provider("openai", Availability.missing("OPENAI_API_KEY is not set."), "gpt-5"),
        new Provider("replay", Availability.AVAILABLE, "replay"));
  }

  @Override
  public Health health(String provider, String model) {
    return Health.UNKNOWN;
  }

  @Override
  public Catalogue models() {
    return MODELS;
  }

  private static PackDefinition pack(String name, AgentDefinition... agents) {
    return new PackDefinition(
        name, "1.2.3", "The pack " + name + ".", "ab".repeat(32), List.of(agents));
  }

  private static AgentDefinition agent(String pack, String name, String type, AgentBody body) {
    InputDefinition folder =
        new InputDefinition(
            InputDefinition.Type.STRING, InputDefinition.Format.FOLDER, false, "where to look");
    return new AgentDefinition(
        new AgentId(pack, name),
        "The agent " + name + ".",
        Zone.GREEN,
        List.of(type),
        List.of(type),
        Map.of("folder", folder),
        List.of(),
        List.of("files.read"),
        AgentLimits.NONE,
        body);
  }
}
