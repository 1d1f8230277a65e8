package io.agentos.adapters.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Chat Completions on the wire: field for field, snake_case, absent fields null.
 *
 * <p>Source: OpenAI's and DeepSeek's API references, November 2026.
 */
final class OpenAiWire {
  private OpenAiWire() {}

  /** What is asked. */
  record Ask(
      String model,
      List<Turn> messages,
      @Nullable List<Tool> tools,
      @Nullable Integer maxCompletionTokens,
      @Nullable Integer maxTokens,
      @Nullable Double temperature) {}

  /** One message, asked or answered. {@code content} is said to be null: some servers want that. */
  record Turn(
      @Nullable String role,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String content,
      @Nullable String refusal,
      @Nullable List<Call> toolCalls,
      @Nullable String toolCallId) {}

  record Tool(String type, Function function) {}

  record Function(String name, String description, Map<String, Object> parameters) {}

  record Call(@Nullable String id, @Nullable String type, @Nullable CalledFunction function) {}

  /** {@code arguments} is JSON within a string. */
  record CalledFunction(@Nullable String name, @Nullable String arguments) {}

  /** What is answered; {@code error} stands in the place of choices at some gateways. */
  record Answer(
      @Nullable String model,
      @Nullable List<@Nullable Choice> choices,
      @Nullable JsonNode usage,
      @Nullable JsonNode error) {}

  record Choice(@Nullable Turn message, @Nullable String finishReason) {}
}
