package io.agentos.runtime.catalogue;

import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The price of each class of tokens, in micros of a US dollar per million tokens: 2.50 USD per
 * million is 2,500,000. Each is 0 to {@link #MAX}.
 *
 * @param input tokens of the prompt that no other class holds
 * @param cacheRead tokens read from a cache
 * @param cacheWrite tokens written to a cache for minutes
 * @param cacheWriteHour tokens written to a cache for an hour
 * @param output tokens of the answer, reasoning included
 */
public record Rates(long input, long cacheRead, long cacheWrite, long cacheWriteHour, long output) {
  /** 1,000 US dollars per million tokens. */
  public static final long MAX = 1_000_000_000;

  public Rates {
    if (beyond(input)
        || beyond(cacheRead)
        || beyond(cacheWrite)
        || beyond(cacheWriteHour)
        || beyond(output)) {
      throw new IllegalArgumentException("each rate is 0 to " + MAX);
    }
  }

  /**
   * Rates where reads and writes without a price of their own cost what input costs, and writes for
   * an hour what other writes cost.
   */
  public static Rates of(
      long input,
      @Nullable Long cacheRead,
      @Nullable Long cacheWrite,
      @Nullable Long cacheWriteHour,
      long output) {
    long write = cacheWrite == null ? input : cacheWrite;
    return new Rates(
        input,
        cacheRead == null ? input : cacheRead,
        write,
        cacheWriteHour == null ? write : cacheWriteHour,
        output);
  }

  /** Pico-dollars for {@code tokens}: at most 2 * 10^18, so it always fits. */
  long picos(Tokens tokens) {
    long plain =
        tokens.input() - tokens.cacheRead() - tokens.cacheWrite() - tokens.cacheWriteHour();
    return plain * input
        + tokens.cacheRead() * cacheRead
        + tokens.cacheWrite() * cacheWrite
        + tokens.cacheWriteHour() * cacheWriteHour
        + tokens.output() * output;
  }

  /** The dearest class that a token of a prompt can fall into. */
  long dearestInput() {
    return Math.max(Math.max(input, cacheRead), Math.max(cacheWrite, cacheWriteHour));
  }

  long dearest() {
    return Math.max(dearestInput(), output);
  }

  private static boolean beyond(long rate) {
    return rate < 0 || rate > MAX;
  }
}
