package io.agentos.spi;

import io.agentos.api.AgentOsException;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;

/**
 * Something an agent can do.
 *
 * <p>Thread-safe: many tasks call one instance at once, each on its own virtual thread.
 */
public interface Tool {

  /** What it is; the same at each call. */
  ToolSpec spec();

  /**
   * Runs the tool. Blocks; an interrupt (timeout, cancel, kill) must end it soon.
   *
   * <p>The arguments fit {@link ToolSpec#inputSchema()}. An error the agent can act on is a result
   * with {@code failed}; what it cannot is thrown.
   *
   * @throws AgentOsException TOOL_UNAVAILABLE when a repeat may pass, TOOL_FAILED when not
   */
  ToolResult call(ToolArguments arguments, ToolContext context);
}
