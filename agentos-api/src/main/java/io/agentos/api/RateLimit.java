package io.agentos.api;

import java.time.Duration;

/**
 * What a provider says is left of one of its limits.
 *
 * @param remaining how much may still be used before {@code reset}
 * @param reset how long until the limit is whole again
 */
public record RateLimit(Kind kind, long limit, long remaining, Duration reset) {
  /** What is counted. */
  public enum Kind {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS
  }

  public RateLimit {
    if (limit < 0 || remaining < 0 || reset.isNegative()) {
      throw new IllegalArgumentException("a rate limit is never negative");
    }
  }
}
