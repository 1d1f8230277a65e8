package io.agentos.server.http;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.json.Json;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What MCP clients can read of the agents: each as a resource, and as a prompt to begin with. */
final class McpAbout {
  /** What a client's model is told of this server. */
  static final String INSTRUCTIONS =
      "Each call is a task of AgentOS, which policies, gates and people may refuse or hold back. A"
          + " call that waits for a person says so; ask for its result later with task.result.";

  private static final String URI = "agentos://agents/";

  private final List<AgentDefinition> agents;

  McpAbout(HttpServices services) {
    this.agents =
        services.catalog().packs().stream().flatMap(pack -> pack.agents().stream()).toList();
  }

  List<SyncResourceSpecification> resources() {
    List<SyncResourceSpecification> resources = new ArrayList<>();
    for (AgentDefinition agent : agents) {
      McpSchema.Resource resource =
          McpSchema.Resource.builder(URI + agent.id(), agent.id().toString())
              .description(agent.description())
              .mimeType("application/json")
              .build();
      resources.add(
          new SyncResourceSpecification(
              resource,
              (_, request) ->
                  McpSchema.ReadResourceResult.builder(
                          List.of(
                              McpSchema.TextResourceContents.builder(
                                      request.uri(), Json.write(about(agent)))
                                  .mimeType("application/json")
                                  .build()))
                      .build()));
    }
    return resources;
  }

  List<SyncPromptSpecification> prompts() {
    List<SyncPromptSpecification> prompts = new ArrayList<>();
    for (AgentDefinition agent : agents) {
      List<McpSchema.PromptArgument> arguments = new ArrayList<>();
      agent.inputs().forEach((name, input) -> arguments.add(argument(name, input)));
      McpSchema.Prompt prompt =
          McpSchema.Prompt.builder(agent.id().toString())
              .description(agent.description())
              .arguments(arguments)
              .build();
      prompts.add(
          new SyncPromptSpecification(prompt, (_, request) -> prompt(agent, request.arguments())));
    }
    return prompts;
  }

  private static McpSchema.PromptArgument argument(String name, InputDefinition input) {
    return McpSchema.PromptArgument.builder(name)
        .description(input.description())
        .required(input.required())
        .build();
  }

  private static McpSchema.GetPromptResult prompt(
      AgentDefinition agent, Map<String, ? extends Object> given) {
    String text =
        "Call the tool agent.%s with %s.%n%s"
            .formatted(agent.id(), given == null ? "{}" : Json.write(given), agent.description());
    return McpSchema.GetPromptResult.builder(
            List.of(
                new McpSchema.PromptMessage(
                    McpSchema.Role.USER, McpSchema.TextContent.builder(text).build())))
        .build();
  }

  private static Map<String, Object> about(AgentDefinition agent) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", agent.id().toString());
    about.put("description", agent.description());
    about.put("zone", agent.zone());
    about.put("task_types", agent.taskTypes());
    about.put("inputs", agent.inputs());
    about.put("tools", agent.tools());
    return about;
  }
}
