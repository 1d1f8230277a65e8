package io.agentos.adapters.http;

import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The counts in a provider's usage object, taken as a tree: a count that cannot be must not spoil
 * an answer that is paid. One that is negative, too large or no whole number makes the tokens
 * unknown.
 *
 * <p>Of one thread.
 */
public final class TokenCounts {
  private final @Nullable JsonNode usage;
  private boolean impossible;

  /**
   * @param usage null or of any kind; what is no object tells nothing
   */
  public TokenCounts(@Nullable JsonNode usage) {
    this.usage = usage;
  }

  /** Whether a count is there, good or bad. */
  public boolean has(String field) {
    return usage != null && !usage.path(field).isMissingNode() && !usage.path(field).isNull();
  }

  /** The count at a path of fields; 0 where it is not told. */
  public long at(String... path) {
    JsonNode count = usage;
    for (String field : path) {
      count = count == null ? null : count.path(field);
    }
    if (count == null || count.isMissingNode() || count.isNull()) {
      return 0;
    }
    long value = count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : -1;
    if (value < 0 || value > Tokens.MAX) {
      impossible = true;
      return 0;
    }
    return value;
  }

  /** The tokens of these counts, as {@link Tokens} orders them; null when they cannot be. */
  public @Nullable Tokens tokens(
      long input,
      long cacheRead,
      long cacheWrite,
      long cacheWriteHour,
      long output,
      long reasoning) {
    boolean partsFit = cacheRead + cacheWrite + cacheWriteHour <= input && reasoning <= output;
    return impossible || !partsFit || input > Tokens.MAX || output > Tokens.MAX
        ? null
        : new Tokens(input, cacheRead, cacheWrite, cacheWriteHour, output, reasoning);
  }
}
