package io.agentos.runtime.packs;

import io.agentos.api.Checkpoint;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.api.Response;
import io.agentos.api.StepKey;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.gates.FormatGate;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.models.ModelTask;
import io.agentos.runtime.packs.Checkpoints.Passage;
import io.agentos.spi.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent led by a model: model and tools in turns, a checkpoint before each, one turn to mend an
 * answer that a gate finds wanting.
 *
 * <p>Thread-safe.
 */
final class Conversation {
  private final AgentTools tools;
  private final Checkpoints checkpoints;
  private final ModelRouter modelRouter;
  private final ToolCalls toolCalls;

  Conversation(
      AgentTools tools, Checkpoints checkpoints, ModelRouter modelRouter, ToolCalls toolCalls) {
    this.tools = tools;
    this.checkpoints = checkpoints;
    this.modelRouter = modelRouter;
    this.toolCalls = toolCalls;
  }

  Response run(Durable durable, AgentRun run, LlmAgent agent) {
    List<Message> messages = new ArrayList<>(List.of(new Message.User(question(run))));
    boolean mended = false;
    for (int turn = 1; turn <= run.limits().turnsMax(); turn++) {
      run.mustBeWithinLimits(durable);
      String name = "turn-" + turn;
      ModelTask task = modelTask(durable, run, agent, messages);
      if (checkpoints.model(durable, name, run, before(run, task))
          instanceof Passage.Closed(Response.Denied denied)) {
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
      Passage passage =
          checkpoints.output(
              durable, name + "/output", run, output, List.of(new FormatGate(agent.output())));
      if (!mended && passage instanceof Passage.Mend(String _, List<String> findings)) {
        mended = true;
        messages.add(mend(findings));
        continue;
      }
      return answered(durable, output, passage);
    }
    throw AgentRun.reached("turns_max", String.valueOf(run.limits().turnsMax()));
  }

  private static Message mend(List<String> findings) {
    return new Message.User(
        "Your answer cannot go out like this. Give it again, whole, with this mended:\n- "
            + String.join("\n- ", findings));
  }

  private static Response answered(Durable durable, Output output, Passage passage) {
    return switch (passage) {
      case Passage.Open() -> new Response.Completed(output, durable.usage());
      case Passage.Answer(Output answer) -> new Response.Completed(answer, durable.usage());
      case Passage.Closed(Response.Denied denied) -> denied;
      case Passage.Mend(String gate, List<String> findings) ->
          new Response.Denied(
              ErrorCode.GATE_BLOCKED, "gate:" + gate, String.join(" ", findings), durable.usage());
    };
  }

  /** Runs the tools the model asked for, in order, and adds their answers. */
  private void answer(
      Durable durable, String name, AgentRun run, Completion completion, List<Message> messages) {
    int number = 0;
    run.seen().wished(completion.message().toolCalls().stream().map(ToolCall::tool).toList());
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

  private ModelTask modelTask(
      Durable durable, AgentRun run, LlmAgent agent, List<Message> messages) {
    List<ToolSpec> specs = tools.of(run.agent()).stream().map(Tool::spec).toList();
    return new ModelTask(
        run.request(),
        run.agent(),
        agent,
        messages,
        specs,
        run.limits().outputTokensMax(),
        run.costLeftMicros(durable),
        run.history().progress(durable.usage()));
  }

  private static Checkpoint.BeforeModel before(AgentRun run, ModelTask task) {
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
              "The model's answer was cut. Its bound was output_tokens_max of %d, or what budgets and cost_usd_micros_max left of it."
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
}
