package io.agentos.runtime.packs;

import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import io.agentos.api.Response;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.runtime.definitions.StepDefinition;
import io.agentos.runtime.definitions.Template;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.packs.Checkpoints.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent without a model: declared steps in order, each a tool or a template.
 *
 * <p>Thread-safe.
 */
final class Workflow {
  private final Checkpoints checkpoints;
  private final ToolCalls toolCalls;

  Workflow(Checkpoints checkpoints, ToolCalls toolCalls) {
    this.checkpoints = checkpoints;
    this.toolCalls = toolCalls;
  }

  Response run(Durable durable, AgentRun run, WorkflowAgent agent) {
    Map<String, ToolResult> results = new LinkedHashMap<>();
    for (StepDefinition step : agent.steps()) {
      Template.Scope scope = new Template.Scope(run.request().input().asFields(), results);
      switch (step) {
        case StepDefinition.TemplateStep template ->
            results.put(template.name(), ToolResult.ofText(template.fill(scope)));
        case StepDefinition.ToolStep tool -> {
          ToolCall call = new ToolCall(tool.name(), tool.tool(), tool.fill(scope));
          switch (toolCalls.call(durable, tool.name(), run, call)) {
            case ToolOutcome.Refused(ErrorCode code, String by, String reason) -> {
              return new Response.Denied(code, by, reason, durable.usage());
            }
            case ToolOutcome.Answered(ToolResult result) -> {
              if (result.failed()) {
                return new Response.Failed(ErrorCode.TOOL_FAILED, result.text(), durable.usage());
              }
              results.put(tool.name(), result);
            }
          }
        }
      }
    }
    Template.Scope scope = new Template.Scope(run.request().input().asFields(), results);
    return checked(durable, run, agent.output().fill(scope));
  }

  /** A workflow cannot mend its answer, so that a finding is a no. */
  private Response checked(Durable durable, AgentRun run, Output output) {
    return switch (checkpoints.output(durable, "output", run, output, List.of())) {
      case Passage.Answer(Output answer) -> new Response.Completed(answer, durable.usage());
      case Passage.Open() -> new Response.Completed(output, durable.usage());
      case Passage.Closed(Response.Denied denied) -> denied;
      case Passage.Mend(String gate, List<String> findings) ->
          denied(durable, "gate:" + gate, String.join(" ", findings));
    };
  }

  private static Response denied(Durable durable, String by, String reason) {
    return new Response.Denied(ErrorCode.GATE_BLOCKED, by, reason, durable.usage());
  }
}
