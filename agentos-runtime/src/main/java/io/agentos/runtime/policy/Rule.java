package io.agentos.runtime.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.agentos.api.Quorum;
import io.agentos.runtime.definitions.AgentLimits;
import org.jspecify.annotations.Nullable;

/**
 * One rule: to what it applies, and what it does there.
 *
 * @param when a CEL condition that must hold beside the match; empty for none
 * @param reason what the refused caller or the deciding person is told; may be empty where the
 *     effect tells nobody
 * @param limits of a permit: the bounds of what it permits, the default ones where it says nothing;
 *     of a limit: the bounds to tighten; otherwise none
 * @param quorum who must say yes where the rule asks people
 * @param rate of a limit: how much may happen in a time; null for none
 * @param line where it stands in its file, counted from 1, or 0; no part of the policy version
 */
public record Rule(
    String name,
    Kind kind,
    Effect effect,
    Match match,
    String when,
    String reason,
    AgentLimits limits,
    Quorum quorum,
    @Nullable Rate rate,
    int line) {

  /** A rule about access without a condition. */
  public Rule(String name, Effect effect, Match match, String reason, AgentLimits limits) {
    this(name, Kind.ACCESS, effect, match, "", reason, limits, Quorum.ONE, null, 0);
  }

  /** What a rule is for, which says what it may contain. */
  public enum Kind {
    ACCESS,
    RATE_LIMIT,
    QUOTA,
    COST_CONTROL,
    COMPLIANCE,
    EGRESS
  }

  /** What a rule does. */
  public enum Effect {
    /** Lets a task run, or a tool call where the match has tools. */
    PERMIT,
    /** Refuses a task, or a tool call where the match has tools; wins over all else. */
    FORBID,
    /** Tightens the bounds of a task, or how much may happen in a time. */
    LIMIT,
    /** Asks people about a tool call. */
    REQUIRE_APPROVAL
  }

  /** What it is about. */
  @JsonIgnore
  public Subject subject() {
    return !match.tools().isEmpty()
        ? Subject.TOOL
        : match.models().isEmpty() ? Subject.TASK : Subject.MODEL;
  }

  /** The same wherever it stands. */
  Rule anywhere() {
    return new Rule(name, kind, effect, match, when, reason, limits, quorum, rate, 0);
  }

  /** The same with another match. */
  Rule with(Match other) {
    return new Rule(name, kind, effect, other, when, reason, limits, quorum, rate, line);
  }
}
