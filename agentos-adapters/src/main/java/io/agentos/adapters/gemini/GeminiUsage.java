package io.agentos.adapters.gemini;

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
  private static final long IMPOSSIBLE = -1;

  private GeminiUsage() {}

  /** What the answer says was used; null when it says nothing, or what cannot be. */
  static @Nullable Tokens of(@Nullable JsonNode usage) {
    if (usage == null || !usage.path("promptTokenCount").isNumber()) {
      return null;
    }
    long prompt = count(usage, "promptTokenCount");
    long toolUse = count(usage, "toolUsePromptTokenCount");
    long cached = count(usage, "cachedContentTokenCount");
    long said = count(usage, "candidatesTokenCount");
    long thought = count(usage, "thoughtsTokenCount");
    boolean possible =
        prompt >= 0 && toolUse >= 0 && cached >= 0 && said >= 0 && thought >= 0 && cached <= prompt;
    if (!possible || prompt + toolUse > Tokens.MAX || said + thought > Tokens.MAX) {
      return null;
    }
    return new Tokens(prompt + toolUse, cached, 0, 0, said + thought, thought);
  }

  private static long count(JsonNode usage, String field) {
    JsonNode node = usage.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return 0;
    }
    boolean possible =
        node.isIntegralNumber() && node.canConvertToLong() && node.longValue() <= Tokens.MAX;
    return possible ? node.longValue() : IMPOSSIBLE;
  }
}
