package io.agentos.api;

/**
 * What one model call used, as the provider counts it.
 *
 * @param input tokens of the prompt, those read from and written to a cache included
 * @param cacheRead the part of the input that was read from a cache
 * @param cacheWrite the part of the input that was written to a cache, for minutes
 * @param cacheWriteHour the part of the input that was written to a cache for an hour
 * @param output tokens of the answer, reasoning included
 * @param reasoning the part of the output that was reasoning
 */
public record Tokens(
    long input, long cacheRead, long cacheWrite, long cacheWriteHour, long output, long reasoning) {
  public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0);

  /** More than any model can use in one call; a larger number is a defect of its server. */
  public static final long MAX = 1_000_000_000L;

  public Tokens {
    if (anyBeyond(input, cacheRead, cacheWrite, cacheWriteHour, output, reasoning)) {
      throw new IllegalArgumentException("each count of tokens is 0 to " + MAX);
    }
    if (cacheRead + cacheWrite + cacheWriteHour > input || reasoning > output) {
      throw new IllegalArgumentException("a part of the tokens is larger than the whole");
    }
  }

  /** Tokens without a cache and without reasoning. */
  public static Tokens of(long input, long output) {
    return new Tokens(input, 0, 0, 0, output, 0);
  }

  /** What a task is charged: one model call at this cost. */
  public Usage usage(long costUsdMicros) {
    return new Usage(input, output, cacheRead, reasoning, costUsdMicros, 1, 0);
  }

  private static boolean anyBeyond(long... counts) {
    for (long count : counts) {
      if (count < 0 || count > MAX) {
        return true;
      }
    }
    return false;
  }
}
