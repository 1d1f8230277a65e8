package io.agentos.adapters.gemini;

import io.agentos.adapters.http.TokenCounts;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts of the Gemini API as usage.
 *
 * <p>{@code promptTokenCount} includes the cached ones, tool use comes on top; {@code
 * candidatesTokenCount} excludes thoughts, which are output all the same.
 */
final class GeminiUsage {
  private GeminiUsage() {}

  /** What the answer says was used; null when it says nothing, or what cannot be. */
  static @Nullable Tokens of(@Nullable JsonNode usage) {
    TokenCounts counts = new TokenCounts(usage);
    if (!counts.has("promptTokenCount")) {
      return null;
    }
    long thoughts = counts.at("thoughtsTokenCount");
    return counts.tokens(
        counts.at("promptTokenCount") + counts.at("toolUsePromptTokenCount"),
        counts.at("cachedContentTokenCount"),
        0,
        0,
        counts.at("candidatesTokenCount") + thoughts,
        thoughts);
  }
}
