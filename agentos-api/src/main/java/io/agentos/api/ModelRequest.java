package io.agentos.api;

import java.util.List;

/**
 * One call of a model, in no vendor's words.
 *
 * @param key the step it belongs to
 * @param model the provider's name of the model
 * @param system the system prompt; empty for none
 * @param outputTokensMax the longest answer, reasoning included
 */
public record ModelRequest(
    StepKey key,
    String model,
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    int outputTokensMax,
    ModelOptions options) {
  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a model call needs at least one message");
    }
  }
}
