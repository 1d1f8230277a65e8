package io.agentos.runtime.policy;

import io.agentos.runtime.definitions.AgentLimits;

/**
 * One rule: to what it applies, and what it does there.
 *
 * @param reason what the refused caller or the deciding person is told; may be empty where the
 *     effect tells nobody
 * @param limits of a permit: the bounds of what it permits, the default ones where it says nothing;
 *     of a limit: the bounds to tighten; otherwise none
 */
public record Rule(String name, Effect effect, Match match, String reason, AgentLimits limits) {

  /** What a rule does. */
  public enum Effect {
    /** Lets a task run, or a tool call where the match has tools. */
    PERMIT,
    /** Refuses a task, or a tool call where the match has tools; wins over all else. */
    FORBID,
    /** Tightens the bounds of a task. */
    LIMIT,
    /** Asks a person about a tool call. */
    REQUIRE_APPROVAL
  }
}
