package io.agentos.tools.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool as its server describes it now.
 *
 * @param hints what the server says of what it does, by the names of MCP
 */
public record McpDescribed(
    String remote,
    String description,
    Map<String, @Nullable Object> inputSchema,
    Map<String, Boolean> hints) {
  public McpDescribed {
    inputSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inputSchema));
    hints = Map.copyOf(hints);
  }

  /** Tells two descriptions apart. Thread-safe. */
  @FunctionalInterface
  public interface Fingerprint {
    /** A text that is the same for the same description and for no other. */
    String of(McpDescribed tool);
  }
}
