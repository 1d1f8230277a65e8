package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.TokenCounts;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Token counts of Messages, as they come: what comes later takes the place of what came before and
 * is never added to it.
 *
 * <p>{@code input_tokens} are those after the last cache breakpoint only: read and written ones
 * come on top. {@code output_tokens} include thinking. The first event of a stream gives a snapshot
 * with the split of cache writes by lifetime; the last gives the totals without it. Not
 * thread-safe.
 */
final class AnthropicUsage {
  private static final String OUTPUT = "output_tokens";

  private final ObjectNode counts = JsonNodeFactory.instance.objectNode();

  /** Takes the counts that are there. */
  void take(@Nullable JsonNode usage) {
    if (usage != null && usage.isObject()) {
      usage.properties().stream()
          .filter(count -> !count.getValue().isNull())
          .forEach(count -> counts.set(count.getKey(), count.getValue()));
    }
  }

  /** Forgets the output of the snapshot: only the last count of it is one. */
  void forgetOutput() {
    counts.remove(OUTPUT);
  }

  /** What was used; null when a count is missing or cannot be. */
  @Nullable Tokens tokens() {
    TokenCounts usage = new TokenCounts(counts);
    if (!usage.has("input_tokens") || !usage.has(OUTPUT)) {
      return null;
    }
    long read = usage.at("cache_read_input_tokens");
    long written = usage.at("cache_creation_input_tokens");
    long hour = usage.at("cache_creation", "ephemeral_1h_input_tokens");
    if (hour > written) {
      return null;
    }
    return usage.tokens(
        usage.at("input_tokens") + read + written,
        read,
        written - hour,
        hour,
        usage.at(OUTPUT),
        usage.at("output_tokens_details", "thinking_tokens"));
  }
}
