package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pack {@value #PACK}, through which clients call single tools: for each tool an agent that
 * calls it and nothing else. So a call from outside is a task like any other, with its policy,
 * gates, approvals, budget and journal.
 *
 * <p>Stateless.
 */
public final class DirectCalls {
  /** The name of the pack; no folder may have it. */
  public static final String PACK = "mcp";

  /** The one input of its agents. */
  public static final String ARGUMENTS = "arguments";

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,199}";
  private static final InputDefinition INPUT =
      new InputDefinition(
          InputDefinition.Type.OBJECT,
          InputDefinition.Format.TEXT,
          true,
          "The arguments of the tool");

  private DirectCalls() {}

  /**
   * The pack for these tools.
   *
   * @param gates those of the installation
   */
  public static PackDefinition pack(List<ToolSpec> tools, List<GateDefinition> gates) {
    return new PackDefinition(
        PACK,
        "1.0.0",
        "Calls of single tools",
        CanonicalJson.sha256(Json.write(tools)),
        tools.stream().map(tool -> agent(tool, gates)).toList());
  }

  /** The agent that calls a tool. */
  public static AgentId agentOf(String tool) {
    return new AgentId(PACK, tool.replace('_', '-').replace(".", "--"));
  }

  /** The arguments that a call of the tool can carry. */
  public static List<String> names(ToolSpec tool) {
    return tool.inputSchema().get("properties") instanceof Map<?, ?> properties
        ? properties.keySet().stream()
            .map(String::valueOf)
            .filter(name -> name.matches(NAME))
            .toList()
        : List.of();
  }

  private static AgentDefinition agent(ToolSpec tool, List<GateDefinition> gates) {
    AgentId id = agentOf(tool.name());
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (String name : names(tool)) {
      arguments.put(name, "${input.%s.%s}".formatted(ARGUMENTS, name));
    }
    return new AgentDefinition(
        id,
        "Calls " + tool.name(),
        Zone.GREEN,
        List.of(),
        List.of(),
        Map.of(ARGUMENTS, INPUT),
        List.of(),
        List.of(tool.name()),
        AgentLimits.NONE,
        new WorkflowAgent(
            List.of(new StepDefinition.ToolStep("call", tool.name(), arguments)),
            new OutputTemplate("${steps.call.text}", "${steps.call.fields}")),
        gates.stream().filter(gate -> gate.match().fitsAgent(id)).toList());
  }
}
