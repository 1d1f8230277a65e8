package io.agentos.spi;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;

/**
 * The circumstances of one tool call.
 *
 * @param key the step: tenant, task, and the idempotency key to send along with an effect
 * @param agent who calls
 * @param egress the only way to the network that a tool may take
 */
public record ToolContext(StepKey key, AgentId agent, Egress egress) {

  /** Without a way to the network. */
  public ToolContext(StepKey key, AgentId agent) {
    this(key, agent, Egress.CLOSED);
  }
}
