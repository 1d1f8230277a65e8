package io.agentos.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of what a model said.
 *
 * <p>A seal is what the provider wants back with the part in the next call, such as a signature; no
 * one else reads it, and it is sent to no other provider. Empty for none.
 */
public sealed interface Part {
  /** What it says. */
  record Text(String text, String seal) implements Part {
    public Text(String text) {
      this(text, "");
    }
  }

  /** A wish to run a tool. */
  record Call(ToolCall call, String seal) implements Part {
    public Call(ToolCall call) {
      this(call, "");
    }
  }

  /** What it thought, as far as the provider shows it; the text may be empty. */
  record Thought(String text, String seal) implements Part {}

  /** The text, unless it is empty, and the calls. */
  static List<Part> of(String text, List<ToolCall> toolCalls) {
    List<Part> parts = new ArrayList<>();
    if (!text.isEmpty()) {
      parts.add(new Text(text));
    }
    toolCalls.forEach(call -> parts.add(new Call(call)));
    return parts;
  }
}
