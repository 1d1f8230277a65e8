package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.durable.Durable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent at work on one task: what was asked, who answers, within what.
 *
 * @param versions the versions of pack and policy the task is pinned to
 * @param loops what this run has seen of its tools
 * @param seen what it has read so far; grows while the task runs
 * @param history what it has done so far; grows while the task runs
 */
record AgentRun(
    Request request,
    AgentDefinition agent,
    Limits limits,
    Question.Versions versions,
    LoopWatch loops,
    SeenTexts seen,
    History history) {

  /** Stops a task that has used more than it may; asked before each effect. */
  void mustBeWithinLimits(Durable durable) {
    if (durable.busy().compareTo(limits.timeMax()) >= 0) {
      throw reached("time_max", limits.timeMax().toString());
    }
    if (costLeftMicros(durable) < 0) {
      throw reached("cost_usd_micros_max", String.valueOf(limits.costUsdMicrosMax()));
    }
    if (toolCallsLeft(durable) < 0) {
      throw reached("tool_calls_max", String.valueOf(limits.toolCallsMax()));
    }
  }

  /**
   * What the task may still spend, in micros, what its parts spent counted; below 0 when that is
   * more than it may.
   */
  long costLeftMicros(Durable durable) {
    return limits.costUsdMicrosMax()
        - durable.usage().costUsdMicros()
        - history.given().costUsdMicros();
  }

  /** How many tool calls the task may still make, those of its parts counted. */
  int toolCallsLeft(Durable durable) {
    return limits.toolCallsMax() - durable.usage().toolCalls() - history.given().toolCalls();
  }

  /** Stops a task before a priced call that would take it beyond its limit. */
  void mustAfford(Durable durable, ToolSpec tool) {
    if (tool.costUsdMicros() > 0 && tool.costUsdMicros() > costLeftMicros(durable)) {
      throw new AgentOsException(
          ErrorCode.LIMIT_REACHED,
          "The task has %d of its limit cost_usd_micros_max of %d left and a call of %s costs %d; give it more or ask for less."
              .formatted(
                  Math.max(0, costLeftMicros(durable)),
                  limits.costUsdMicrosMax(),
                  tool.name(),
                  tool.costUsdMicros()));
    }
  }

  /**
   * The call with each folder that the task names put in place of whatever the model wrote there:
   * an agent works in the folder it was given and in no other. A tool that can do without a folder
   * is not given one that the model left out.
   */
  ToolCall bound(ToolCall call, ToolSpec tool) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(call.arguments());
    Map<String, @Nullable Object> given = request.input().asFields();
    agent
        .inputs()
        .forEach((name, input) -> {
          if (input.format() == InputDefinition.Format.FOLDER
              && given.get(name) != null
              && tool.inputSchema().get("properties") instanceof Map<?, ?> properties
              && properties.containsKey(name)
              && (arguments.containsKey(name) || requires(tool, name))) {
            arguments.put(name, given.get(name));
          }
        });
    return new ToolCall(call.id(), call.tool(), arguments);
  }

  private static boolean requires(ToolSpec tool, String name) {
    return tool.inputSchema().get("required") instanceof List<?> required
        && required.contains(name);
  }

  /** Where a call of the tool acts: in the later zone of agent and tool. */
  Zone zone(ToolSpec tool) {
    return agent.zone().compareTo(tool.zone()) >= 0 ? agent.zone() : tool.zone();
  }

  static AgentOsException reached(String limit, String value) {
    return new AgentOsException(
        ErrorCode.LIMIT_REACHED,
        "The task reached its limit %s of %s; give it more or ask for less."
            .formatted(limit, value));
  }
}
