package io.agentos.runtime.models;

import io.agentos.api.AgentId;
import io.agentos.api.Message;
import io.agentos.api.Request;
import io.agentos.api.ToolSpec;
import java.util.List;

/**
 * What a model is asked, before it is known which.
 *
 * @param candidates in order, each {@code provider} or {@code provider/model}
 */
public record ModelTask(
    Request request,
    AgentId agent,
    List<String> candidates,
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    int outputTokensMax) {
  public ModelTask {
    candidates = List.copyOf(candidates);
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
