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
final class ChatWire {
  private ChatWire() {}

  /**
   * What is asked.
   *
   * @param toolChoice a word, or {@link NamedTool}
   */
  record Ask(
      String model,
      List<AskedTurn> messages,
      @Nullable List<Tool> tools,
      @Nullable Object toolChoice,
      @Nullable Integer maxCompletionTokens,
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      @Nullable List<String> stop,
      @Nullable ResponseFormat responseFormat,
      @Nullable String reasoningEffort,
      @Nullable Thinking thinking,
      @Nullable Boolean stream,
      @Nullable StreamOptions streamOptions) {}

  /**
   * One message, asked. {@code content} is said to be null: some servers want that.
   *
   * @param content a text, or a list of {@link ContentPart}
   */
  record AskedTurn(
      String role,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object content,
      @Nullable String reasoningContent,
      @Nullable List<Call> toolCalls,
      @Nullable String toolCallId) {}

  /** A text, or a picture. */
  record ContentPart(String type, @Nullable String text, @Nullable ImageUrl imageUrl) {}

  record ImageUrl(String url) {}

  record Tool(String type, Function function) {}

  record Function(String name, String description, Map<String, Object> parameters) {}

  record NamedTool(String type, ToolName function) {}

  record ToolName(String name) {}

  record ResponseFormat(String type, @Nullable JsonSchema jsonSchema) {}

  record JsonSchema(String name, Map<String, Object> schema, boolean strict) {}

  /** DeepSeek's switch: {@code enabled} or {@code disabled}. */
  record Thinking(String type) {}

  record StreamOptions(boolean includeUsage) {}

  record Call(@Nullable String id, @Nullable String type, @Nullable CalledFunction function) {}

  /** {@code arguments} is JSON within a string. */
  record CalledFunction(@Nullable String name, @Nullable String arguments) {}

  /**
   * What is answered; {@code error} stands in the place of choices at some gateways. The usage is a
   * tree, for a wrong one must not spoil the answer.
   */
  record Answer(
      @Nullable String model,
      @Nullable List<@Nullable Choice> choices,
      @Nullable JsonNode usage,
      @Nullable JsonNode error) {}

  record Choice(@Nullable Turn message, @Nullable String finishReason) {}

  /** One message, answered. */
  record Turn(
      @Nullable String content,
      @Nullable String refusal,
      @Nullable String reasoningContent,
      @Nullable List<Call> toolCalls) {}

  /** One event of a stream. */
  record Chunk(
      @Nullable String model,
      @Nullable List<@Nullable ChunkChoice> choices,
      @Nullable JsonNode usage,
      @Nullable JsonNode error) {}

  record ChunkChoice(
      @Nullable Integer index, @Nullable Delta delta, @Nullable String finishReason) {}

  record Delta(
      @Nullable String content,
      @Nullable String refusal,
      @Nullable String reasoningContent,
      @Nullable List<CallDelta> toolCalls) {}

  record CallDelta(
      @Nullable Integer index, @Nullable String id, @Nullable CalledFunction function) {}
}
