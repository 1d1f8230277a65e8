package io.agentos.runtime.packs;

import io.agentos.api.Checkpoint;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.api.Quorum;
import io.agentos.api.Response;
import io.agentos.api.StepKey;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.gates.Clearance;
import io.agentos.runtime.gates.FormatGate;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.models.ModelTask;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent led by a model: model and tools in turns, a checkpoint before each, one turn to mend an
 * answer that a gate finds wanting.
 *
 * <p>Thread-safe.
 */
final class Conversation {
  private final ToolsRegistry tools;
  private final Gates gates;
  private final ModelRouter modelRouter;
  private final ToolCalls toolCalls;

  Conversation(ToolsRegistry tools, Gates gates, ModelRouter modelRouter, ToolCalls toolCalls) {
    this.tools = tools;
    this.gates = gates;
    this.modelRouter = modelRouter;
    this.toolCalls = toolCalls;
  }

  Response run(Durable durable, AgentRun run, LlmAgent agent) {
    List<Message> messages = new ArrayList<>(List.of(new Message.User(question(run))));
    boolean mended = false;
    for (int turn = 1; turn <= run.limits().turnsMax(); turn++) {
      run.mustBeWithinLimits(durable);
      String name = "turn-" + turn;
      ModelTask task = modelTask(run, agent, messages).having(run.costLeftMicros(durable));
      if (clear(durable, name + "/gates", before(run, task), List.of())
          instanceof Response.Denied denied) {
        return denied;
      }
      Completion completion = modelRouter.complete(durable, name + "/model", task);
      messages.add(completion.message());
      if (!completion.message().toolCalls().isEmpty()) {
        answer(durable, name, run, completion, messages);
        continue;
      }
      if (completion.stopReason() != Completion.StopReason.END) {
        return stopped(durable, run, completion);
      }
      Output output = Output.ofText(completion.message().text());
      Clearance clearance = outputClearance(durable, name, run, agent, output);
      if (!mended && clearance instanceof Clearance.Repair(String _, List<String> findings)) {
        mended = true;
        messages.add(mend(findings));
        continue;
      }
      return answered(durable, output, clearance);
    }
    throw AgentRun.reached("turns_max", String.valueOf(run.limits().turnsMax()));
  }

  private static Message mend(List<String> findings) {
    return new Message.User(
        "Your answer cannot go out like this. Give it again, whole, with this mended:\n- "
            + String.join("\n- ", findings));
  }

  private static Response answered(Durable durable, Output output, Clearance clearance) {
    return switch (clearance) {
      case Clearance.Cleared() -> new Response.Completed(output, durable.usage());
      case Clearance.Repair(String gate, List<String> findings) ->
          denied(durable, "gate:" + gate, String.join(" ", findings));
      case Clearance.Ask(String by, String reason, Quorum _) -> denied(durable, by, reason);
      case Clearance.Refused(String by, String reason) -> denied(durable, by, reason);
    };
  }

  /** Runs the tools the model asked for, in order, and adds their answers. */
  private void answer(
      Durable durable, String name, AgentRun run, Completion completion, List<Message> messages) {
    int number = 0;
    for (ToolCall call : completion.message().toolCalls()) {
      number++;
      ToolOutcome outcome =
          toolCalls.call(durable, "%s/call-%d".formatted(name, number), run, call);
      messages.add(
          switch (outcome) {
            case ToolOutcome.Answered(var result) ->
                new Message.ToolAnswer(call.id(), call.tool(), result.text(), result.failed());
            case ToolOutcome.Refused(ErrorCode _, String by, String reason) ->
                new Message.ToolAnswer(
                    call.id(),
                    call.tool(),
                    "Not allowed (by %s): %s Do not try this call again.".formatted(by, reason),
                    true);
          });
    }
  }

  private Clearance outputClearance(
      Durable durable, String name, AgentRun run, LlmAgent agent, Output output) {
    Checkpoint checkpoint = new Checkpoint.BeforeOutput(run.request(), run.agent().id(), output);
    return gates.clear(
        durable, name + "/output", checkpoint, List.of(new FormatGate(agent.output())));
  }

  private @Nullable Response clear(
      Durable durable, String name, Checkpoint checkpoint, List<io.agentos.spi.Gate> more) {
    return switch (gates.clear(durable, name, checkpoint, more)) {
      case Clearance.Cleared() -> null;
      case Clearance.Repair(String gate, List<String> findings) ->
          denied(durable, "gate:" + gate, String.join(" ", findings));
      case Clearance.Ask(String by, String reason, Quorum _) -> denied(durable, by, reason);
      case Clearance.Refused(String by, String reason) -> denied(durable, by, reason);
    };
  }

  private ModelTask modelTask(AgentRun run, LlmAgent agent, List<Message> messages) {
    List<ToolSpec> specs =
        run.agent().tools().stream()
            .map(tools::find)
            .flatMap(Optional::stream)
            .map(Tool::spec)
            .toList();
    return new ModelTask(
        run.request(), run.agent(), agent, messages, specs, run.limits().outputTokensMax());
  }

  private static Checkpoint before(AgentRun run, ModelTask task) {
    StepKey key = new StepKey(run.request().tenant(), run.request().task(), 0, "");
    return new Checkpoint.BeforeModel(
        run.request(), run.agent().id(), task.call(key, "", task.outputTokensMax()));
  }

  /** What the task asks, with its named inputs, as the first message. */
  private static String question(AgentRun run) {
    TaskInput input = run.request().input();
    Map<String, @Nullable Object> named = new LinkedHashMap<>(input.asFields());
    named.remove(TaskInput.TEXT_FIELD);
    String text = input.text().isBlank() ? run.agent().description() : input.text();
    return named.isEmpty() ? text : text + "\n\nInputs: " + Json.write(named);
  }

  private static Response stopped(Durable durable, AgentRun run, Completion completion) {
    return switch (completion.stopReason()) {
      case LENGTH ->
          new Response.Failed(
              ErrorCode.LIMIT_REACHED,
              "The model's answer was cut at output_tokens_max of %d."
                  .formatted(run.limits().outputTokensMax()),
              durable.usage());
      case REFUSAL, FILTER ->
          new Response.Failed(
              ErrorCode.PROVIDER_REFUSED,
              "Model %s of %s declined to answer."
                  .formatted(completion.model(), completion.provider()),
              durable.usage());
      case END, TOOL_CALLS ->
          new Response.Failed(
              ErrorCode.PROVIDER_ANSWER,
              "Model %s of %s said it calls tools and named none."
                  .formatted(completion.model(), completion.provider()),
              durable.usage());
    };
  }

  private static Response.Denied denied(Durable durable, String by, String reason) {
    return new Response.Denied(ErrorCode.GATE_BLOCKED, by, reason, durable.usage());
  }
}
