package io.agentos.spi;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;

/**
 * The circumstances of one tool call.
 *
 * @param key the step: tenant, task, and the idempotency key to send along with an effect
 * @param agent who calls
 */
public record ToolContext(StepKey key, AgentId agent) {}
