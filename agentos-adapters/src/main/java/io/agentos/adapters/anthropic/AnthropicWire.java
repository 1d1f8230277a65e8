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

  /** A block that is sent. */
  sealed interface Sent {
    String type();

    /** The same, as the end of a part of the prompt that is kept for the next call. */
    Sent kept();
  }

  record Text(String type, String text, @Nullable CacheControl cacheControl) implements Sent {
    Text(String text) {
      this("text", text, null);
    }

    @Override
    public Sent kept() {
      return new Text(type, text, CacheControl.EPHEMERAL);
    }
  }

  record Picture(String type, Source source, @Nullable CacheControl cacheControl) implements Sent {
    Picture(Source source) {
      this("image", source, null);
    }

    @Override
    public Sent kept() {
      return new Picture(type, source, CacheControl.EPHEMERAL);
    }
  }

  record Source(String type, String mediaType, String data) {}

  record Call(
      String type,
      String id,
      String name,
      Map<String, @Nullable Object> input,
      @Nullable CacheControl cacheControl)
      implements Sent {
    Call(String id, String name, Map<String, @Nullable Object> input) {
      this("tool_use", id, name, input, null);
    }

    @Override
    public Sent kept() {
      return new Call(type, id, name, input, CacheControl.EPHEMERAL);
    }
  }

  /** What became of a call; without content where it said nothing. */
  record Result(
      String type,
      String toolUseId,
      @Nullable List<Sent> content,
      @Nullable Boolean isError,
      @Nullable CacheControl cacheControl)
      implements Sent {
    Result(String toolUseId, @Nullable List<Sent> content, boolean failed) {
      this("tool_result", toolUseId, content, failed ? true : null, null);
    }

    @Override
    public Sent kept() {
      return new Result(type, toolUseId, content, isError, CacheControl.EPHEMERAL);
    }
  }

  /** What goes back of a thought: unchanged, and so without a mark of its own. */
  sealed interface Thought extends Sent {
    @Override
    default Sent kept() {
      return this;
    }
  }

  record Shown(String type, String thinking, String signature) implements Thought {
    Shown(String thinking, String signature) {
      this("thinking", thinking, signature);
    }
  }

  record Redacted(String type, String data) implements Thought {
    Redacted(String data) {
      this("redacted_thinking", data);
    }
  }

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
