package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.AgentOsException;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of Chat Completions as usage.
 *
 * <p>{@code prompt_tokens} include the cached ones, {@code completion_tokens} the reasoning. Some
 * servers leave the reasoning out of {@code completion_tokens} and count it in {@code total_tokens}
 * only; what the total has above the prompt is output, for it is billed.
 */
final class OpenAiUsage {
  /** More than any model can use in one call; a larger number is a defect of the server. */
  private static final long TOKENS_MAX = 1_000_000_000L;

  private OpenAiUsage() {}

  /**
   * What the answer says was used; no tokens where it says nothing.
   *
   * @throws AgentOsException PROVIDER_ANSWER for numbers that cannot be
   */
  static @Nullable Tokens of(OpenAiWire.@Nullable TokenUsage wire, ProviderAnswer answer) {
    if (wire == null) {
      return null;
    }
    long input = tokens("prompt_tokens", wire.promptTokens(), answer);
    long completion = tokens("completion_tokens", wire.completionTokens(), answer);
    long total = tokens("total_tokens", wire.totalTokens(), answer);
    long output = Math.max(completion, total - input);
    return new Tokens(
        input,
        Math.min(input, cached(wire, answer)),
        0,
        0,
        output,
        Math.min(output, reasoning(wire, answer)));
  }

  private static long cached(OpenAiWire.TokenUsage wire, ProviderAnswer answer) {
    OpenAiWire.InputDetails details = wire.promptTokensDetails();
    return Math.max(
        tokens("cached_tokens", details == null ? null : details.cachedTokens(), answer),
        tokens("prompt_cache_hit_tokens", wire.promptCacheHitTokens(), answer));
  }

  private static long reasoning(OpenAiWire.TokenUsage wire, ProviderAnswer answer) {
    OpenAiWire.OutputDetails details = wire.completionTokensDetails();
    return tokens("reasoning_tokens", details == null ? null : details.reasoningTokens(), answer);
  }

  private static long tokens(String field, @Nullable Long tokens, ProviderAnswer answer) {
    if (tokens == null) {
      return 0;
    }
    if (tokens < 0 || tokens > TOKENS_MAX) {
      throw answer.broken("an impossible count of " + field);
    }
    return tokens;
  }
}
