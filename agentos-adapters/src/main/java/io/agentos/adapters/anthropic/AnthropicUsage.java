package io.agentos.adapters.anthropic;

import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts of Messages, as they come: what comes later takes the place of what came before and
 * is never added to it.
 *
 * <p>{@code input_tokens} are those after the last cache breakpoint only: read and written ones
 * come on top. {@code output_tokens} include thinking. The first event of a stream gives a snapshot
 * with the split of cache writes by lifetime; the last gives the totals without it.
 */
final class AnthropicUsage {
  private @Nullable Long input;
  private @Nullable Long cacheRead;
  private @Nullable Long cacheWritten;
  private @Nullable Long cacheWrittenHour;
  private @Nullable Long output;
  private @Nullable Long thinking;
  private boolean impossible;

  /** Takes the counts that are there. */
  void take(@Nullable JsonNode usage) {
    if (usage == null || !usage.isObject()) {
      return;
    }
    input = count(usage.path("input_tokens"), input);
    cacheRead = count(usage.path("cache_read_input_tokens"), cacheRead);
    cacheWritten = count(usage.path("cache_creation_input_tokens"), cacheWritten);
    cacheWrittenHour =
        count(usage.path("cache_creation").path("ephemeral_1h_input_tokens"), cacheWrittenHour);
    output = count(usage.path("output_tokens"), output);
    thinking = count(usage.path("output_tokens_details").path("thinking_tokens"), thinking);
  }

  /** Forgets the output of the snapshot: only the last count of it is one. */
  void forgetOutput() {
    output = null;
  }

  /** What was used; null when a count is missing or cannot be. */
  @Nullable Tokens tokens() {
    if (impossible || input == null || output == null) {
      return null;
    }
    long read = orNone(cacheRead);
    long written = orNone(cacheWritten);
    long hour = orNone(cacheWrittenHour);
    long thought = orNone(thinking);
    long prompt = input + read + written;
    if (hour > written || thought > output || prompt > Tokens.MAX) {
      return null;
    }
    return new Tokens(prompt, read, written - hour, hour, output, thought);
  }

  private @Nullable Long count(JsonNode node, @Nullable Long before) {
    if (node.isMissingNode() || node.isNull()) {
      return before;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      impossible = true;
      return before;
    }
    long count = node.longValue();
    impossible |= count < 0 || count > Tokens.MAX;
    return count;
  }

  private static long orNone(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
