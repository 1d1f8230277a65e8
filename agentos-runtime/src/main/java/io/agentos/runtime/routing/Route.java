package io.agentos.runtime.routing;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.agentos.api.AgentId;
import io.agentos.api.Limits;
import io.agentos.runtime.definitions.AgentDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes. Journaled, so that a task that runs keeps the definition it began with.
 *
 * @param packVersion the version the agent's pack gives itself
 * @param packDigest the SHA-256 over the pack's files
 * @param limits what the task may use: what is allowed, tightened by the agent
 * @param reason why this agent, for people
 * @param confidence above 0.5 and up to 1, which means that nothing else came into question
 * @param considered the agents that came into question, best first, at most {@value
 *     TaskRouter#CONSIDERED_MAX}
 */
public record Route(
    AgentDefinition agent,
    String packVersion,
    String packDigest,
    Limits limits,
    String reason,
    double confidence,
    List<Considered> considered) {

  /**
   * An agent that came into question.
   *
   * @param score what speaks for it, two decimals; 0 where nobody looked
   * @param reasons what that is, the strongest first, in the agent's own words
   * @param passedOver why it was not chosen though something speaks for it; null for the chosen one
   *     and those that less speaks for
   */
  public record Considered(
      AgentId agent,
      double score,
      @JsonAlias("keywords") List<String> reasons,
      @Nullable String passedOver) {
    public Considered {
      reasons = List.copyOf(reasons);
    }
  }

  public Route {
    considered = List.copyOf(considered);
  }

  /** The same route within tighter bounds, such as those the policies admit the agent with. */
  public Route within(Limits bounds) {
    return new Route(
        agent, packVersion, packDigest, limits.tightest(bounds), reason, confidence, considered);
  }
}
