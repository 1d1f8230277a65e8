package io.agentos.runtime.routing;

import io.agentos.runtime.definitions.AgentDefinition;
import java.util.Optional;

/**
 * Whether an agent could work now. Asked once for each agent that comes into question; it must
 * answer from memory. Thread-safe.
 */
@FunctionalInterface
public interface Availability {
  /** All can. */
  Availability ALL = _ -> Optional.empty();

  /** Why the agent could not work now, in a few words; empty when it could. */
  Optional<String> hindrance(AgentDefinition agent);
}
