package io.agentos.adapters.openai;

import io.agentos.adapters.http.TokenCounts;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts as OpenAI and its like tell them.
 *
 * <p>{@code prompt_tokens} include what was read from and written to a cache, {@code
 * completion_tokens} the reasoning. Some servers leave the reasoning out of {@code
 * completion_tokens} and count it in {@code total_tokens} only; what the total has above the prompt
 * is output, for it is billed. DeepSeek tells the cached part as {@code prompt_cache_hit_tokens}
 * too.
 */
final class OpenAiUsage {
  private OpenAiUsage() {}

  /** What was used; null when the answer does not say it, or says what cannot be. */
  static @Nullable Tokens ofChat(@Nullable JsonNode usage) {
    TokenCounts counts = new TokenCounts(usage);
    if (!counts.has("prompt_tokens") || !counts.has("completion_tokens")) {
      return null;
    }
    long input = counts.at("prompt_tokens");
    long output = Math.max(counts.at("completion_tokens"), counts.at("total_tokens") - input);
    return counts.tokens(
        input,
        Math.max(
            counts.at("prompt_tokens_details", "cached_tokens"),
            counts.at("prompt_cache_hit_tokens")),
        counts.at("prompt_tokens_details", "cache_write_tokens"),
        0,
        output,
        counts.at("completion_tokens_details", "reasoning_tokens"));
  }

  /** The same of Responses, which name it otherwise. */
  static @Nullable Tokens ofResponses(@Nullable JsonNode usage) {
    TokenCounts counts = new TokenCounts(usage);
    if (!counts.has("input_tokens") || !counts.has("output_tokens")) {
      return null;
    }
    return counts.tokens(
        counts.at("input_tokens"),
        counts.at("input_tokens_details", "cached_tokens"),
        counts.at("input_tokens_details", "cache_write_tokens"),
        0,
        counts.at("output_tokens"),
        counts.at("output_tokens_details", "reasoning_tokens"));
  }
}
