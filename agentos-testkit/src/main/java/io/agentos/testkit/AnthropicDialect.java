package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Image;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Anthropic's Messages.
 *
 * <p>A thought without text travels as a redacted one, whose data is its seal. Thread-safe.
 */
public final class AnthropicDialect implements ModelServerDialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  @Override
  public String reply(FakeStep.Reply reply, int number) {
    Map<String, @Nullable Object> message = message(number);
    message.put("content", blocks(reply));
    end(message, reply);
    if (reply.tokens() != null) {
      message.put("usage", usage(reply.tokens()));
    }
    return MAPPER.writeValueAsString(message);
  }

  @Override
  public String failure(FakeStep.Failure failure) {
    return MAPPER.writeValueAsString(
        Map.of(
            "type",
            "error",
            "error",
            Map.of("type", failure.type(), "message", failure.message()),
            "request_id",
            "req_fake"));
  }

  @Override
  public int turnsBefore(String requestBody) {
    int turns = 0;
    for (JsonNode message : MAPPER.readTree(requestBody).path("messages")) {
      if (message.path("role").asString("").equals("assistant")) {
        turns++;
      }
    }
    return turns;
  }

  @Override
  public boolean streams(String path, String requestBody) {
    return MAPPER.readTree(requestBody).path("stream").asBoolean(false);
  }

  @Override
  public List<String> events(FakeStep.Reply reply, int number) {
    return new AnthropicEvents(this, number).of(reply);
  }

  @Override
  public String errorEvent(FakeStep.Failure failure) {
    return "event: error\ndata: " + failure(failure) + "\n\n";
  }

  @Override
  public String ping() {
    return "event: ping\ndata: {\"type\":\"ping\"}\n\n";
  }

  @Override
  public AskedCall asked(String requestBody) {
    JsonNode body = MAPPER.readTree(requestBody);
    List<Image> images = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      for (JsonNode block : message.path("content")) {
        switch (block.path("type").asString("")) {
          case "image" ->
              images.add(
                  new Image(
                      block.at("/source/media_type").asString(),
                      block.at("/source/data").asString()));
          case "thinking" -> thoughts.add(block.path("signature").asString());
          case "redacted_thinking" -> thoughts.add(block.path("data").asString());
          default -> {} // text, calls and results are looked at in the body
        }
      }
    }
    return new AskedCall(
        body.at("/system/0/text").asString(""),
        images,
        toolChoice(body.path("tool_choice")),
        schema(body.at("/output_config/format/schema")),
        body.path("stop_sequences").values().stream().map(JsonNode::asString).toList(),
        body.path("max_tokens").asInt(0),
        thoughts);
  }

  private static ToolChoice toolChoice(JsonNode choice) {
    return switch (choice.path("type").asString("auto")) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> new ToolChoice.Forbidden();
      case "any" -> new ToolChoice.Required();
      case "tool" -> new ToolChoice.Named(choice.path("name").asString().replace("__", "."));
      default -> throw new IllegalArgumentException("no tool_choice: " + choice);
    };
  }

  private static Map<String, Object> schema(JsonNode schema) {
    return schema.isObject()
        ? MAPPER.convertValue(schema, new TypeReference<Map<String, Object>>() {})
        : Map.of();
  }

  /** The beginning of a message. */
  Map<String, @Nullable Object> message(int number) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("id", "msg_" + number);
    message.put("type", "message");
    message.put("role", "assistant");
    message.put("model", "fake-model");
    return message;
  }

  /** Says why it ended. */
  void end(Map<String, @Nullable Object> message, FakeStep.Reply reply) {
    message.put("stop_reason", stopReason(reply.stopReason()));
    message.put("stop_sequence", null);
    message.put(
        "stop_details",
        reply.stopReason() == StopReason.FILTER
            ? Map.of("type", "refusal", "category", "policy", "explanation", "scripted")
            : null);
  }

  private static String stopReason(StopReason reason) {
    return switch (reason) {
      case END -> "end_turn";
      case TOOL_CALLS -> "tool_use";
      case LENGTH -> "max_tokens";
      case REFUSAL, FILTER -> "refusal";
    };
  }

  /** All blocks, thoughts first. */
  List<Map<String, Object>> blocks(FakeStep.Reply reply) {
    List<Map<String, Object>> blocks = new ArrayList<>();
    for (Part.Thought thought : reply.thoughts()) {
      blocks.add(
          thought.text().isEmpty()
              ? Map.of("type", "redacted_thinking", "data", thought.seal())
              : Map.of(
                  "type", "thinking", "thinking", thought.text(), "signature", thought.seal()));
    }
    if (!reply.text().isEmpty()) {
      blocks.add(Map.of("type", "text", "text", reply.text()));
    }
    for (ToolCall call : reply.toolCalls()) {
      blocks.add(
          Map.of(
              "type",
              "tool_use",
              "id",
              call.id(),
              "name",
              call.tool().replace(".", "__"),
              "input",
              call.arguments()));
    }
    return blocks;
  }

  /** Reads and writes of the cache are not among the {@code input_tokens}. */
  Map<String, Object> usage(Tokens tokens) {
    long written = tokens.cacheWrite() + tokens.cacheWriteHour();
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("input_tokens", tokens.input() - tokens.cacheRead() - written);
    usage.put("cache_read_input_tokens", tokens.cacheRead());
    usage.put("cache_creation_input_tokens", written);
    usage.put(
        "cache_creation",
        Map.of(
            "ephemeral_5m_input_tokens",
            tokens.cacheWrite(),
            "ephemeral_1h_input_tokens",
            tokens.cacheWriteHour()));
    usage.put("output_tokens", tokens.output());
    usage.put("output_tokens_details", Map.of("thinking_tokens", tokens.reasoning()));
    return usage;
  }
}
