package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.DirectCalls;
import io.agentos.runtime.definitions.InputDefinition;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What MCP clients may call: the tools of the registry by their names, each agent as {@code
 * agent.PACK.NAME}, and {@value #RESULT}.
 *
 * <p>Immutable and thread-safe.
 */
final class McpTools {
  /** The tool that answers with a task's result. */
  static final String RESULT = "task.result";

  private static final String AGENT = "agent.";
  private static final String TASK = "task";

  private final Map<String, Offered> offered = new LinkedHashMap<>();

  /**
   * Something to call.
   *
   * @param ofPack the agent that it is; null for a tool and for {@value #RESULT}
   * @param direct the tool that it is; null for an agent and for {@value #RESULT}
   */
  record Offered(McpSchema.Tool tool, @Nullable AgentDefinition ofPack, @Nullable ToolSpec direct) {

    /** Who does it. */
    AgentId agent() {
      if (ofPack != null) {
        return ofPack.id();
      }
      if (direct != null) {
        return DirectCalls.agentOf(direct.name());
      }
      throw new IllegalStateException(RESULT + " is no task");
    }
  }

  McpTools(Catalog catalog) {
    for (ToolSpec tool : catalog.tools()) {
      put(new Offered(described(tool), null, tool));
    }
    catalog.packs().stream()
        .flatMap(pack -> pack.agents().stream())
        .forEach(agent -> put(new Offered(described(agent), agent, null)));
    put(new Offered(result(), null, null));
  }

  /** All of them, in a steady order. */
  List<McpSchema.Tool> all() {
    return offered.values().stream().map(Offered::tool).toList();
  }

  Optional<Offered> find(String name) {
    return Optional.ofNullable(offered.get(name));
  }

  private void put(Offered one) {
    offered.put(one.tool().name(), one);
  }

  private static McpSchema.Tool described(ToolSpec tool) {
    boolean reads = tool.effect() == ToolSpec.Effect.READ_ONLY;
    return McpSchema.Tool.builder(tool.name(), schema(tool.inputSchema()))
        .description(tool.description())
        .annotations(
            McpSchema.ToolAnnotations.builder()
                .readOnlyHint(reads)
                .destructiveHint(tool.effect() == ToolSpec.Effect.ONCE)
                .idempotentHint(tool.effect() != ToolSpec.Effect.ONCE)
                .build())
        .build();
  }

  private static McpSchema.Tool described(AgentDefinition agent) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    agent
        .inputs()
        .forEach((name, input) -> {
          properties.put(name, property(input));
          if (input.required()) {
            required.add(name);
          }
        });
    properties.putIfAbsent("text", Map.of("type", "string", "description", "What to do, in words"));
    return McpSchema.Tool.builder(AGENT + agent.id(), object(properties, required))
        .description(agent.description() + oneOf(agent))
        .build();
  }

  private static McpSchema.Tool result() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        TASK, Map.of("type", "string", "description", "The id of the task, such as task_01…"));
    return McpSchema.Tool.builder(RESULT, object(properties, List.of(TASK)))
        .description(
            "The result of a call that was not done in time, or waits for a person; waits for it a while.")
        .annotations(McpSchema.ToolAnnotations.builder().readOnlyHint(true).build())
        .build();
  }

  private static String oneOf(AgentDefinition agent) {
    return agent.exactlyOneOf().isEmpty()
        ? ""
        : " Give exactly one of: %s.".formatted(String.join(", ", agent.exactlyOneOf()));
  }

  private static Map<String, Object> property(InputDefinition input) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("type", input.type().name().toLowerCase(Locale.ROOT));
    property.put("description", input.description());
    return property;
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /** An object in any case, as MCP asks. */
  private static Map<String, Object> schema(Map<String, Object> schema) {
    Map<String, Object> copy = new LinkedHashMap<>(schema);
    copy.put("type", "object");
    return copy;
  }
}
