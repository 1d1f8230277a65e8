package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.runtime.routing.Route.Considered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task's target, words and inputs say about who should do it.
 *
 * @param agent null when none is chosen
 * @param confidence above 0.5 and up to 1 where one is chosen; 0 otherwise
 * @param reason why this agent, or why none, for people; never quotes the task
 * @param considered the agents that came into question, best first, at most {@value
 *     TaskRouter#CONSIDERED_MAX}
 * @param missing the inputs that the chosen agent needs and the task does not give
 */
public record Analysis(
    @Nullable AgentId agent,
    double confidence,
    String reason,
    List<Considered> considered,
    List<String> missing) {
  public Analysis {
    considered = List.copyOf(considered);
    missing = List.copyOf(missing);
  }

  /** Nobody, and why. */
  static Analysis nobody(String reason, List<Considered> considered) {
    return new Analysis(null, 0, reason, considered, List.of());
  }
}
