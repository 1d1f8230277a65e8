package io.agentos.runtime.packs;

import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import io.agentos.api.Response;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.runtime.definitions.StepDefinition;
import io.agentos.runtime.definitions.StepDefinition.AgentStep;
import io.agentos.runtime.definitions.StepDefinition.ForkStep;
import io.agentos.runtime.definitions.StepDefinition.TemplateStep;
import io.agentos.runtime.definitions.StepDefinition.ToolStep;
import io.agentos.runtime.definitions.Template;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.packs.Checkpoints.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An agent without a model: declared steps in order, each a tool, a template, or work for other
 * agents.
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
      Optional<Response> end =
          switch (step) {
            case TemplateStep template -> {
              results.put(template.name(), ToolResult.ofText(template.fill(scope)));
              yield Optional.empty();
            }
            case ToolStep tool -> {
              ToolCall call = new ToolCall(tool.name(), tool.tool(), tool.fill(scope));
              yield call(durable, run, call, result -> kept(durable, results, tool, result));
            }
            case AgentStep part -> parts(durable, run, part.name(), List.of(part), results);
            case ForkStep fork -> parts(durable, run, fork.name(), fork.branches(), results);
          };
      if (end.isPresent()) {
        return end.get();
      }
    }
    Template.Scope scope = new Template.Scope(run.request().input().asFields(), results);
    return checked(durable, run, agent.output().fill(scope));
  }

  /** Calls a tool and hands on what it answered; the ending of the task when there is one. */
  private Optional<Response> call(
      Durable durable,
      AgentRun run,
      ToolCall call,
      Function<ToolResult, Optional<Response>> answered) {
    return switch (toolCalls.call(durable, call.id(), run, call)) {
      case ToolOutcome.Refused(ErrorCode code, String by, String reason) ->
          Optional.of(new Response.Denied(code, by, reason, durable.usage()));
      case ToolOutcome.Answered(ToolResult result) -> answered.apply(result);
    };
  }

  private static Optional<Response> kept(
      Durable durable, Map<String, ToolResult> results, StepDefinition step, ToolResult result) {
    if (result.failed()) {
      return Optional.of(failed(durable, result.text()));
    }
    results.put(step.name(), result);
    return Optional.empty();
  }

  /** Asks other agents; each part has a result of its own name, and all together one of theirs. */
  private Optional<Response> parts(
      Durable durable,
      AgentRun run,
      String name,
      List<AgentStep> parts,
      Map<String, ToolResult> results) {
    Template.Scope scope = new Template.Scope(run.request().input().asFields(), results);
    ToolCall call =
        DelegateTool.call(name, parts, parts.stream().map(part -> part.fill(scope)).toList());
    return call(
        durable,
        run,
        call,
        joined -> {
          if (!DelegateResult.isJoined(joined)) {
            return Optional.of(failed(durable, joined.text()));
          }
          results.put(name, joined);
          for (int i = 0; i < parts.size(); i++) {
            ToolResult part = DelegateResult.part(joined, i);
            if (part.failed() && !parts.get(i).optional()) {
              return Optional.of(
                  failed(
                      durable,
                      "Step '%s', which %s was asked for, failed: %s"
                          .formatted(parts.get(i).name(), parts.get(i).agent(), part.text())));
            }
            results.put(parts.get(i).name(), part);
          }
          return Optional.empty();
        });
  }

  private static Response failed(Durable durable, String why) {
    return new Response.Failed(ErrorCode.TOOL_FAILED, why, durable.usage());
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
