package io.agentos.tools.mcp;

import io.agentos.spi.ToolContext;

/** Is told of calls that were refused because a tool is not what was approved. Thread-safe. */
@FunctionalInterface
public interface McpRefusals {
  /**
   * A call was not made.
   *
   * @param found the fingerprint of what the server offers now; empty when it has no such tool
   */
  void refused(ToolContext context, McpOffer approved, String found);
}
