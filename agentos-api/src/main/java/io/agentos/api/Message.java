package io.agentos.api;

import java.util.List;
import java.util.stream.Collectors;

/** One message of a conversation with a model. The system prompt is not one. */
public sealed interface Message {
  /** What the person or the task says, with pictures where there are any. */
  record User(String text, List<Image> images) implements Message {
    public User {
      images = List.copyOf(images);
    }

    public User(String text) {
      this(text, List.of());
    }
  }

  /**
   * What the model said, part by part, in the order in which it came.
   *
   * @param parts whole tool calls only; a cut stream never yields one
   * @param provider whose seals the parts carry; empty when they carry none
   */
  record Assistant(List<Part> parts, String provider) implements Message {
    public Assistant {
      parts = List.copyOf(parts);
    }

    /** Text and calls of no provider in particular. */
    public Assistant(String text, List<ToolCall> toolCalls) {
      this(Part.of(text, toolCalls), "");
    }

    /** All its text, without thoughts; empty when it only calls tools. */
    public String text() {
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, var _)) {
        return text;
      }
      return parts.stream()
          .filter(Part.Text.class::isInstance)
          .map(part -> ((Part.Text) part).text())
          .collect(Collectors.joining());
    }

    /** The tools it wants to be run, in order. */
    public List<ToolCall> toolCalls() {
      return parts.stream()
          .filter(Part.Call.class::isInstance)
          .map(part -> ((Part.Call) part).call())
          .toList();
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
