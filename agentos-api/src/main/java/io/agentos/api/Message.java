package io.agentos.api;

import java.util.List;

/** One message of a conversation with a model. The system prompt is not one. */
public sealed interface Message {
  /** What the person or the task says. */
  record User(String text) implements Message {}

  /**
   * What the model said.
   *
   * @param text may be empty when it only calls tools
   * @param toolCalls whole calls only, in order; a cut stream never yields one
   */
  record Assistant(String text, List<ToolCall> toolCalls) implements Message {
    public Assistant {
      toolCalls = List.copyOf(toolCalls);
    }
  }

  /**
   * What a tool answered.
   *
   * @param callId the id of the call it answers
   * @param failed whether the text tells an error instead of a result
   */
  record ToolAnswer(String callId, String tool, String text, boolean failed) implements Message {}
}
