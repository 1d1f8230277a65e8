package io.agentos.runtime.models;

import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.ToolChoice;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.policy.Progress;
import java.util.List;

/**
 * What a model is asked, before it is known which.
 *
 * @param costLeftMicros what the task may still spend of its own limit, in micros
 * @param progress what the task that asks has done so far
 */
public record ModelTask(
    Request request,
    AgentDefinition agent,
    LlmAgent llm,
    List<Message> messages,
    List<ToolSpec> tools,
    int outputTokensMax,
    long costLeftMicros,
    Progress progress) {
  public ModelTask {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** What is asked for no task, which may spend what budgets allow. */
  public ModelTask(
      Request request,
      AgentDefinition agent,
      LlmAgent llm,
      List<Message> messages,
      List<ToolSpec> tools,
      int outputTokensMax) {
    this(request, agent, llm, messages, tools, outputTokensMax, Long.MAX_VALUE, Progress.NONE);
  }

  /** The same with so much of its limit left. */
  public ModelTask having(long costLeftMicros) {
    return new ModelTask(
        request, agent, llm, messages, tools, outputTokensMax, costLeftMicros, progress);
  }

  /** The call of one model. */
  public ModelRequest call(StepKey key, String model, int outputTokens) {
    return new ModelRequest(key, model, llm.system(), messages, tools, outputTokens, options());
  }

  private ModelOptions options() {
    return new ModelOptions(
        ToolChoice.AUTO,
        null,
        llm.generation().effort(),
        llm.generation().temperature(),
        List.of(),
        llm.generation().promptCache());
  }
}
