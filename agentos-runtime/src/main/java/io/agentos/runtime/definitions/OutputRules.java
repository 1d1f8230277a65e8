package io.agentos.runtime.definitions;

import io.agentos.api.ToolResult;
import java.util.List;

/**
 * What the answer of an llm agent must look like; for the format gate.
 *
 * @param requiredSections headings the answer must have
 * @param lengthMax the most characters of the answer
 */
public record OutputRules(List<String> requiredSections, int lengthMax) {
  /** The longest answer where an agent says nothing. */
  public static final int LENGTH_MAX = ToolResult.TEXT_LENGTH_MAX;

  /** No rules beyond the outermost length. */
  public static final OutputRules NONE = new OutputRules(List.of(), LENGTH_MAX);

  public OutputRules {
    requiredSections = List.copyOf(requiredSections);
  }
}
