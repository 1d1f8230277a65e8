package io.agentos.runtime.policy;

import java.time.Duration;

/**
 * How much may happen within any stretch of time of a length, over all nodes.
 *
 * @param max how much, 0 or more
 * @param window the length, 1 second to 31 days
 * @param by whose calls are counted together
 * @param amount a CEL expression of a whole number, what one call counts; empty for 1
 * @param over what becomes of a call beyond it
 */
public record Rate(long max, Duration window, By by, String amount, Over over) {
  /** The longest window. */
  public static final Duration WINDOW_MAX = Duration.ofDays(31);

  /** Whose calls are counted together, always within one tenant. */
  public enum By {
    TENANT,
    PACK,
    AGENT,
    PRINCIPAL,
    TASK
  }

  /** What becomes of a call for which there is no room. */
  public enum Over {
    FORBID,
    REQUIRE_APPROVAL
  }
}
