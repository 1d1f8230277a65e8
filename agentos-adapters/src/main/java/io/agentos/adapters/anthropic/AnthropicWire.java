package io.agentos.adapters.anthropic;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Messages on the wire: field for field, snake_case, absent fields null.
 *
 * <p>Source: Anthropic's API reference, November 2026.
 */
final class AnthropicWire {
  private AnthropicWire() {}

  /** What is asked. */
  record Ask(
      String model,
      int maxTokens,
      @Nullable List<Sent> system,
      List<Turn> messages,
      @Nullable List<Tool> tools,
      @Nullable Choice toolChoice,
      @Nullable Thinking thinking,
      @Nullable OutputConfig outputConfig,
      @Nullable Double temperature,
      @Nullable List<String> stopSequences,
      @Nullable Boolean stream) {}

  record Turn(String role, List<Sent> content) {}

  /** A block that is sent. Which fields it has depends on its type. */
  record Sent(
      String type,
      @Nullable String text,
      @Nullable Source source,
      @Nullable String thinking,
      @Nullable String signature,
      @Nullable String data,
      @Nullable String id,
      @Nullable String name,
      @Nullable Map<String, @Nullable Object> input,
      @Nullable String toolUseId,
      @Nullable List<Sent> content,
      @Nullable Boolean isError,
      @Nullable CacheControl cacheControl) {

    static Sent text(String text) {
      return new Sent(
          "text", text, null, null, null, null, null, null, null, null, null, null, null);
    }

    static Sent image(Source source) {
      return new Sent(
          "image", null, source, null, null, null, null, null, null, null, null, null, null);
    }

    static Sent thinking(String thinking, String signature) {
      return new Sent(
          "thinking",
          null,
          null,
          thinking,
          signature,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    static Sent redacted(String data) {
      return new Sent(
          "redacted_thinking",
          null,
          null,
          null,
          null,
          data,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    static Sent call(String id, String name, Map<String, @Nullable Object> input) {
      return new Sent(
          "tool_use", null, null, null, null, null, id, name, input, null, null, null, null);
    }

    static Sent result(String callId, @Nullable List<Sent> content, boolean failed) {
      return new Sent(
          "tool_result",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          callId,
          content,
          failed ? true : null,
          null);
    }

    /** The same, as the end of a part of the prompt that is kept for the next call. */
    Sent kept() {
      return new Sent(
          type,
          text,
          source,
          thinking,
          signature,
          data,
          id,
          name,
          input,
          toolUseId,
          content,
          isError,
          CacheControl.EPHEMERAL);
    }
  }

  /** A picture. */
  record Source(String type, String mediaType, String data) {}

  record CacheControl(String type) {
    /** For five minutes since its last use. */
    static final CacheControl EPHEMERAL = new CacheControl("ephemeral");
  }

  record Tool(
      String name,
      String description,
      Map<String, Object> inputSchema,
      @Nullable CacheControl cacheControl) {}

  record Choice(String type, @Nullable String name) {}

  record Thinking(String type, @Nullable Integer budgetTokens, @Nullable String display) {}

  record OutputConfig(@Nullable String effort, @Nullable Format format) {}

  record Format(String type, Map<String, Object> schema) {}

  /** What is answered; {@code error} where {@code type} is error. */
  record Answer(
      @Nullable String type,
      @Nullable String model,
      @Nullable List<@Nullable Block> content,
      @Nullable String stopReason,
      @Nullable StopDetails stopDetails,
      @Nullable JsonNode usage,
      @Nullable JsonNode error) {}

  /** A block that came, or its beginning. */
  record Block(
      @Nullable String type,
      @Nullable String text,
      @Nullable String thinking,
      @Nullable String signature,
      @Nullable String data,
      @Nullable String id,
      @Nullable String name,
      @Nullable JsonNode input) {}

  record StopDetails(@Nullable String category) {}

  /** One event of a stream. Which fields it has depends on its type. */
  record Event(
      @Nullable String type,
      @Nullable Answer message,
      @Nullable Integer index,
      @Nullable Block contentBlock,
      @Nullable Delta delta,
      @Nullable JsonNode usage,
      @Nullable JsonNode error) {}

  /** More of a block, or of the message. */
  record Delta(
      @Nullable String type,
      @Nullable String text,
      @Nullable String thinking,
      @Nullable String signature,
      @Nullable String partialJson,
      @Nullable String stopReason,
      @Nullable StopDetails stopDetails) {}
}
