package io.agentos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish to run a tool.
 *
 * @param id the id the model or the workflow gave it, unique within its turn
 * @param tool the tool's name, such as {@code files.read}
 * @param arguments JSON values: String, Long, Double, BigDecimal, BigInteger, Boolean, List, Map or
 *     null
 */
public record ToolCall(String id, String tool, Map<String, @Nullable Object> arguments) {
  // Not compact: the class file of a compact constructor loses that values may be null.
  public ToolCall(String id, String tool, Map<String, @Nullable Object> arguments) {
    this.id = id;
    this.tool = tool;
    this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
