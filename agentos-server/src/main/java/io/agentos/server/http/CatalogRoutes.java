package io.agentos.server.http;

import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.identity.Permission;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes of what this installation can do. Thread-safe. */
final class CatalogRoutes {
  private final Catalog catalog;

  CatalogRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  /** One declared input as callers see it. */
  record Input(String type, String format, boolean required, String description) {
    static Input of(InputDefinition input) {
      return new Input(
          lower(input.type()), lower(input.format()), input.required(), input.description());
    }
  }

  /**
   * An agent as callers see it.
   *
   * @param kind {@code workflow} or {@code llm}
   * @param gates the names of those that stand before it
   * @param models the candidates of an llm agent; empty for a workflow
   * @param limits null for each bound the agent says nothing about
   * @param reason why it is not available; null when it is
   */
  record Agent(
      String id,
      String pack,
      String name,
      String description,
      String kind,
      String zone,
      List<String> taskTypes,
      List<String> keywords,
      Map<String, Input> inputs,
      List<String> exactlyOneOf,
      List<String> tools,
      List<String> gates,
      List<String> models,
      AgentLimits limits,
      boolean available,
      @Nullable String reason) {}

  /** A tool as callers see it; its timeout in ISO 8601. */
  record Tool(
      String name,
      String description,
      Map<String, Object> inputSchema,
      String effect,
      String zone,
      Duration timeout) {
    static Tool of(ToolSpec tool) {
      return new Tool(
          tool.name(),
          tool.description(),
          tool.inputSchema(),
          lower(tool.effect()),
          lower(tool.zone()),
          tool.timeout());
    }
  }

  /** A provider as callers see it. */
  record Provider(
      String id, boolean available, @Nullable String reason, String model, String circuit) {
    static Provider of(Catalog.Provider provider, Catalog.Health health) {
      return new Provider(
          provider.id(),
          provider.availability().available(),
          why(provider.availability()),
          provider.model(),
          health.circuit());
    }
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    return List.of(
        new Route("GET", "/v1/agents", read, this::agents),
        new Route("GET", "/v1/tools", read, this::tools),
        new Route("GET", "/v1/providers", read, this::providers));
  }

  private Answer agents(Call call) {
    List<Agent> agents =
        catalog.packs().stream().flatMap(pack -> pack.agents().stream()).map(this::agent).toList();
    return page(call, "agents", agents, Agent::id);
  }

  private Answer tools(Call call) {
    return page(call, "tools", catalog.tools().stream().map(Tool::of).toList(), Tool::name);
  }

  private Answer providers(Call call) {
    return page(
        call,
        "providers",
        catalog.providers().stream()
            .map(each -> Provider.of(each, catalog.health(each.id(), each.model())))
            .toList(),
        Provider::id);
  }

  private Agent agent(AgentDefinition agent) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    agent.inputs().forEach((name, input) -> inputs.put(name, Input.of(input)));
    Catalog.Availability availability = catalog.availability(agent.id());
    return new Agent(
        agent.id().toString(),
        agent.id().pack(),
        agent.id().agent(),
        agent.description(),
        switch (agent.body()) {
          case LlmAgent _ -> "llm";
          case WorkflowAgent _ -> "workflow";
        },
        lower(agent.zone()),
        agent.taskTypes(),
        agent.keywords(),
        inputs,
        agent.exactlyOneOf(),
        agent.tools(),
        agent.gates().stream().map(GateDefinition::name).toList(),
        switch (agent.body()) {
          case LlmAgent llm -> llm.models();
          case WorkflowAgent _ -> List.of();
        },
        agent.limits(),
        availability.available(),
        why(availability));
  }

  /** A part of a list by name, which is its order and its cursor. */
  static <T> Answer page(Call call, String list, List<T> all, Function<T, String> name) {
    Cursor<String> cursor = new Cursor<>(list, Function.identity());
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    String after = query.cursor(cursor).orElse("");
    query.check();
    List<T> found =
        all.stream()
            .filter(each -> name.apply(each).compareTo(after) > 0)
            .sorted(Comparator.comparing(name))
            .limit(limit + 1L)
            .toList();
    return Answer.json(
        200, Page.of(found, limit, each -> each, each -> cursor.encode(name.apply(each))));
  }

  static @Nullable String why(Catalog.Availability availability) {
    return availability.available() ? null : availability.reason();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
