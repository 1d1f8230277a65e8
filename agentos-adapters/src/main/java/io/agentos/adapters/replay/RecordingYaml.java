package io.agentos.adapters.replay;

import io.agentos.api.Completion.StopReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recording file as it is written: field for field, absent fields null. */
record RecordingYaml(
    @Nullable String apiVersion,
    @Nullable String kind,
    @Nullable Metadata metadata,
    @Nullable Spec spec) {

  record Metadata(@Nullable String name, @Nullable String description) {}

  record Spec(@Nullable String systemSha256, @Nullable List<@Nullable Turn> turns) {}

  record Turn(
      @Nullable String text,
      @Nullable List<@Nullable Call> toolCalls,
      @Nullable StopReason stopReason,
      @Nullable Tokens usage) {}

  record Call(
      @Nullable String id,
      @Nullable String tool,
      @Nullable Map<String, @Nullable Object> arguments) {}

  record Tokens(long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens) {
    Tokens {
      if (inputTokens < 0 || outputTokens < 0 || cachedTokens < 0 || reasoningTokens < 0) {
        throw new IllegalArgumentException("tokens are never negative");
      }
    }
  }
}
