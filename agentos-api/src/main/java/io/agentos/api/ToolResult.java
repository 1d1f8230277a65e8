package io.agentos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered.
 *
 * @param text for a model or a person to read, at most {@value #TEXT_LENGTH_MAX} characters
 * @param fields the same as JSON values for workflows; empty when there are none
 * @param failed whether the tool ran and tells an error the agent can act on
 */
public record ToolResult(String text, Map<String, @Nullable Object> fields, boolean failed) {
  /** The longest text a tool may answer. */
  public static final int TEXT_LENGTH_MAX = 1_000_000;

  // Not compact: the class file of a compact constructor loses that values may be null.
  public ToolResult(String text, Map<String, @Nullable Object> fields, boolean failed) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a tool answers at most %d characters, not %d".formatted(TEXT_LENGTH_MAX, text.length()));
    }
    this.text = text;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    this.failed = failed;
  }

  public static ToolResult ofText(String text) {
    return new ToolResult(text, Map.of(), false);
  }

  /** An error that the agent can act on, such as a file that does not exist. */
  public static ToolResult failure(String text) {
    return new ToolResult(text, Map.of(), true);
  }
}
