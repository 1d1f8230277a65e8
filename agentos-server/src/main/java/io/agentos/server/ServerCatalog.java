package io.agentos.server;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.routing.Analysis;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.server.http.Catalog;
import java.util.List;
import java.util.Optional;

/** What this server can do, for callers. Immutable and thread-safe. */
final class ServerCatalog implements Catalog {
  private final PackShelf shelf;
  private final ToolsRegistry tools;
  private final ModelRouter modelRouter;
  private final TaskRouter taskRouter;
  private final List<Provider> providers;
  private final Catalogue catalogue;

  ServerCatalog(
      PackShelf shelf,
      Catalogue catalogue,
      ToolsRegistry tools,
      ModelRouter modelRouter,
      TaskRouter taskRouter,
      Providers providers) {
    this.taskRouter = taskRouter;
    this.shelf = shelf;
    this.catalogue = catalogue;
    this.tools = tools;
    this.modelRouter = modelRouter;
    this.providers = providers.listed();
  }

  @Override
  public List<PackDefinition> packs() {
    return shelf.packs();
  }

  @Override
  public Availability availability(AgentId agent) {
    Optional<AgentDefinition> found =
        shelf.packs().stream()
            .flatMap(pack -> pack.agents().stream())
            .filter(definition -> definition.id().equals(agent))
            .findFirst();
    if (found.isEmpty()) {
      return Availability.missing("There is no agent %s.".formatted(agent));
    }
    return switch (found.get().body()) {
      case WorkflowAgent _ -> Availability.AVAILABLE;
      case LlmAgent llm ->
          modelRouter.serves(llm.models())
              ? Availability.AVAILABLE
              : Availability.missing(modelRouter.unavailable(agent, llm.models()));
    };
  }

  @Override
  public Analysis route(Request.Target target, TaskInput input) {
    return taskRouter.analyse(target, input, shelf.packs());
  }

  @Override
  public List<ToolSpec> tools() {
    return tools.specs();
  }

  @Override
  public List<Provider> providers() {
    return providers;
  }

  @Override
  public Catalogue models() {
    return catalogue;
  }

  @Override
  public Health health(String provider, String model) {
    ModelRouter.ModelHealth health = modelRouter.health(provider, model);
    return new Health(
        health.circuit(), health.meanMillis().isPresent() ? health.meanMillis().getAsLong() : null);
  }
}
