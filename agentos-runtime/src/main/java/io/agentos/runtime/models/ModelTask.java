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
import java.util.List;

/** What a model is asked, before it is known which. */
public record ModelTask(
    Request request,
    AgentDefinition agent,
    LlmAgent llm,
    List<Message> messages,
    List<ToolSpec> tools,
    int outputTokensMax) {
  public ModelTask {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
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
