package io.agentos.runtime.packs;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.Delegates;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.StepDefinition.AgentStep;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an agent asks others for parts of its work: a tool like any other for policies, gates, people
 * and models. What it does is {@link Delegation}'s.
 *
 * <p>Asking changes nothing outside: what the others do is judged in their own tasks, which carry
 * on what this one has read. So it counts as reading.
 */
final class DelegateTool implements Tool {
  static final String NAME = "agents.delegate";
  static final ToolSpec.Effect EFFECT = ToolSpec.Effect.READ_ONLY;
  static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String TASKS = "tasks";
  private static final String AGENT = "agent";
  private static final String INPUT = "input";

  private final ToolSpec spec;
  private final Map<AgentId, AgentDefinition> agents;

  /** A part of the work that somebody is asked for. */
  record Asked(AgentId agent, TaskInput input) {}

  private DelegateTool(Delegates delegates, Map<AgentId, AgentDefinition> agents) {
    this.agents = agents;
    this.spec =
        new ToolSpec(NAME, description(agents), schema(delegates), EFFECT, Zone.GREEN, TIMEOUT);
  }

  /** That of an agent which may ask others; empty for one that works alone. */
  static Optional<DelegateTool> of(AgentDefinition agent, List<PackDefinition> packs) {
    if (agent.delegates().agents().isEmpty()) {
      return Optional.empty();
    }
    Map<AgentId, AgentDefinition> known = new HashMap<>();
    packs.forEach(pack -> pack.agents().forEach(one -> known.put(one.id(), one)));
    Map<AgentId, AgentDefinition> agents = new LinkedHashMap<>();
    for (AgentId id : agent.delegates().agents()) {
      AgentDefinition found = known.get(id);
      if (found != null) {
        agents.put(id, found);
      }
    }
    return Optional.of(new DelegateTool(agent.delegates(), agents));
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  /** Never called as a tool: the parts are tasks, and waiting for them holds no thread. */
  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    throw new AgentOsException(
        ErrorCode.TOOL_FAILED, NAME + " works within a task and nowhere else.");
  }

  /** The call that asks for these parts. */
  static ToolCall call(
      String id, List<AgentStep> parts, List<Map<String, @Nullable Object>> inputs) {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Map<String, @Nullable Object> task = new LinkedHashMap<>();
      task.put(AGENT, parts.get(i).agent().toString());
      task.put(INPUT, inputs.get(i));
      tasks.add(task);
    }
    return new ToolCall(id, NAME, Map.of(TASKS, tasks));
  }

  /**
   * The parts that a call asks for, whose arguments fit the schema.
   *
   * @throws AgentOsException INVALID_INPUT when what is given to an agent does not fit its inputs
   */
  List<Asked> asked(AgentRun run, ToolCall call) {
    List<Asked> asked = new ArrayList<>();
    if (call.arguments().get(TASKS) instanceof List<?> tasks) {
      for (Object task : tasks) {
        if (task instanceof Map<?, ?> part) {
          asked.add(asked(run, part));
        }
      }
    }
    return asked;
  }

  private Asked asked(AgentRun run, Map<?, ?> part) {
    AgentId id = AgentId.parse(String.valueOf(part.get(AGENT)));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (part.get(INPUT) instanceof Map<?, ?> input) {
      input.forEach((name, value) -> fields.put(String.valueOf(name), value));
    }
    AgentDefinition agent = agents.get(id);
    if (agent == null) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT, "There is no agent %s any more; ask another one.".formatted(id));
    }
    // Whoever wrote a workflow decided what is handed on; a model may be talked into anything.
    Map<String, @Nullable Object> bound =
        run.agent().body() instanceof LlmAgent ? new PartInputs(run).bound(agent, fields) : fields;
    TaskInput given =
        bound.size() == 1 && bound.get(TaskInput.TEXT_FIELD) instanceof String text
            ? new TaskInput.Text(text)
            : new TaskInput.Fields(bound);
    try {
      agent.checkInput(given);
    } catch (AgentOsException e) {
      throw new AgentOsException(e.code(), "The input for %s: %s".formatted(id, e.detail()), e);
    }
    return new Asked(id, given);
  }

  private static String description(Map<AgentId, AgentDefinition> agents) {
    return "Asks other agents for parts of your work. They work side by side and you get all their results at once, so ask for parts that do not need each other in one call. Each sees only what you give it. Agents:\n"
        + agents.values().stream()
            .map(agent -> "- %s: %s%s".formatted(agent.id(), agent.description(), inputs(agent)))
            .collect(Collectors.joining("\n"));
  }

  private static String inputs(AgentDefinition agent) {
    if (agent.inputs().isEmpty()) {
      return " (input: text)";
    }
    return agent.inputs().entrySet().stream()
        .map(entry -> input(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("; ", " (input: text; ", ")"));
  }

  private static String input(String name, InputDefinition input) {
    return "%s%s: %s".formatted(name, input.required() ? ", required" : "", input.description());
  }

  private static Map<String, Object> schema(Delegates delegates) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        AGENT,
        Map.of(
            "type", "string", "enum", delegates.agents().stream().map(AgentId::toString).toList()));
    properties.put(
        INPUT,
        Map.of(
            "type",
            "object",
            "description",
            "what the agent is given: text for what you ask in words, and its inputs by name",
            "minProperties",
            1));
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", "object");
    task.put("properties", properties);
    task.put("required", List.of(AGENT, INPUT));
    task.put("additionalProperties", false);
    Map<String, Object> tasks = new LinkedHashMap<>();
    tasks.put("type", "array");
    tasks.put("minItems", 1);
    tasks.put("maxItems", delegates.atOnceMax());
    tasks.put("items", task);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", Map.of(TASKS, tasks));
    schema.put("required", List.of(TASKS));
    schema.put("additionalProperties", false);
    return schema;
  }
}
