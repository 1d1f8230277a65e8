package io.agentos.api;

import java.time.Duration;

/**
 * The bounds of one task. Every loop of a running task ends at one of them.
 *
 * @param turnsMax model calls in the agent's loop, 1 to 1,000
 * @param toolCallsMax tool calls in all, 0 to 10,000
 * @param costUsdMicrosMax money in millionths of a US dollar, 0 or more
 * @param outputTokensMax tokens of one model answer, 1 to 1,000,000
 * @param timeMax from start to end without waiting for people, up to 7 days
 * @param approvalWaitMax how long a person may take to decide, up to 30 days
 */
public record Limits(
    int turnsMax,
    int toolCallsMax,
    long costUsdMicrosMax,
    int outputTokensMax,
    Duration timeMax,
    Duration approvalWaitMax) {
  /** What a task may use where neither policy, agent nor caller says less. */
  public static final Limits DEFAULT =
      new Limits(20, 100, 5_000_000, 8_192, Duration.ofHours(1), Duration.ofDays(1));

  /** The outermost bounds; nothing may be set beyond them. */
  public static final Limits WIDEST =
      new Limits(
          1_000, 10_000, 1_000_000_000_000L, 1_000_000, Duration.ofDays(7), Duration.ofDays(30));

  public Limits {
    within("turns_max", turnsMax, 1, 1_000);
    within("tool_calls_max", toolCallsMax, 0, 10_000);
    within("cost_usd_micros_max", costUsdMicrosMax, 0, 1_000_000_000_000L);
    within("output_tokens_max", outputTokensMax, 1, 1_000_000);
    within("time_max (seconds)", timeMax.toSeconds(), 1, Duration.ofDays(7).toSeconds());
    within(
        "approval_wait_max (seconds)",
        approvalWaitMax.toSeconds(),
        1,
        Duration.ofDays(30).toSeconds());
  }

  /** The smaller of each bound. */
  public Limits tightest(Limits other) {
    return new Limits(
        Math.min(turnsMax, other.turnsMax),
        Math.min(toolCallsMax, other.toolCallsMax),
        Math.min(costUsdMicrosMax, other.costUsdMicrosMax),
        Math.min(outputTokensMax, other.outputTokensMax),
        shorter(timeMax, other.timeMax),
        shorter(approvalWaitMax, other.approvalWaitMax));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static void within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "%s is %d; allowed is %d to %d.".formatted(name, value, min, max));
    }
  }
}
