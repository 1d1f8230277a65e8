package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import io.agentos.api.Quorum;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say to one situation; the same rules and the same situation give the same ruling,
 * byte for byte.
 *
 * @param rule the rule that decided, or {@code default-deny} and the like
 * @param reason what those it stops are told; empty for a permit
 * @param limits of a permitted task: its bounds
 * @param quorum of a question to people: who must say yes
 */
public record Ruling(
    Outcome outcome, String rule, String reason, @Nullable Limits limits, @Nullable Quorum quorum) {

  /** How it ended. */
  public enum Outcome {
    PERMIT("permit"),
    FORBID("forbid"),
    REQUIRE_APPROVAL("require-approval"),
    /** No rule permits it. */
    DEFAULT_DENY("default-deny"),
    /** A rule that restricts could not be evaluated. */
    ERROR_DENY("error-deny");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** Whether it stops what was asked for. */
    public boolean isNo() {
      return switch (this) {
        case FORBID, DEFAULT_DENY, ERROR_DENY -> true;
        case PERMIT, REQUIRE_APPROVAL -> false;
      };
    }

    /** As decisions and documents write it. */
    public String text() {
      return text;
    }

    /** The outcome that is written so. */
    public static Outcome of(String text) {
      for (Outcome outcome : values()) {
        if (outcome.text.equals(text)) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("no outcome " + text);
    }
  }

  static Ruling no(Outcome outcome, String rule, String reason) {
    return new Ruling(outcome, rule, reason, null, null);
  }

  /** The stricter of both; of two that bound or ask, what satisfies both. */
  Ruling and(Ruling other) {
    if (outcome.isNo() || (other.outcome == Outcome.PERMIT && outcome != Outcome.PERMIT)) {
      return this;
    }
    if (outcome != other.outcome) {
      return other;
    }
    return new Ruling(
        outcome,
        rule,
        reason,
        limits == null || other.limits == null ? limits : limits.tightest(other.limits),
        quorum == null || other.quorum == null ? quorum : quorum.and(other.quorum));
  }

  /** As it is stored. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("effect", outcome.text());
    map.put("rule", rule);
    map.put("reason", reason);
    if (limits != null) {
      map.put("limits", limits(limits));
    }
    if (quorum != null) {
      map.put("quorum", quorum(quorum));
    }
    return map;
  }

  private static Map<String, Object> limits(Limits limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("turns_max", limits.turnsMax());
    map.put("tool_calls_max", limits.toolCallsMax());
    map.put("cost_usd_micros_max", limits.costUsdMicrosMax());
    map.put("output_tokens_max", limits.outputTokensMax());
    map.put("time_max", text(limits.timeMax()));
    map.put("approval_wait_max", text(limits.approvalWaitMax()));
    return map;
  }

  private static Map<String, Object> quorum(Quorum quorum) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("approvers", quorum.approvers());
    map.put("roles", List.copyOf(quorum.roles()));
    return map;
  }

  private static String text(Duration duration) {
    return duration.toString();
  }
}
