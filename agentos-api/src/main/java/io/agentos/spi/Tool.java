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
   * <p>A tool of effect ONCE that cannot know whether it acted, for example because a connection
   * broke after the request, throws another exception, such as {@link
   * java.io.UncheckedIOException}: the call is then not repeated, and a person is asked what
   * happened.
   *
   * @throws AgentOsException TOOL_UNAVAILABLE when nothing was done and a repeat may pass,
   *     TOOL_FAILED when it would fail again
   */
  ToolResult call(ToolArguments arguments, ToolContext context);
}
