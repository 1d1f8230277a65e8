package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's Chat Completions, also spoken by DeepSeek, vLLM, Ollama and many gateways.
 *
 * <p>Thread-safe.
 */
public final class ChatCompletionsDialect implements ModelServerDialect {
  /** Whose habits it has. */
  public enum Vendor {
    /** Thoughts are hidden; a stream tells its usage in a last chunk without choices. */
    OPENAI,
    /** Thoughts are {@code reasoning_content}; the usage is on the chunk with the finish reason. */
    DEEPSEEK
  }

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Vendor vendor;

  public ChatCompletionsDialect() {
    this(Vendor.OPENAI);
  }

  public ChatCompletionsDialect(Vendor vendor) {
    this.vendor = vendor;
  }

  @Override
  public String reply(FakeStep.Reply reply, int number) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    boolean refused = refused(reply);
    message.put("content", refused || reply.text().isEmpty() ? null : reply.text());
    if (vendor == Vendor.OPENAI) {
      message.put("refusal", refused ? reply.text() : null);
    }
    if (!thought(reply).isEmpty()) {
      message.put("reasoning_content", thought(reply));
    }
    if (!reply.toolCalls().isEmpty()) {
      message.put("tool_calls", toolCalls(reply.toolCalls()));
    }
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("finish_reason", finishReason(reply.stopReason()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", "chatcmpl-" + number);
    body.put("object", "chat.completion");
    body.put("model", "fake-model");
    body.put("choices", List.of(choice));
    if (reply.tokens() != null) {
      body.put("usage", usage(reply.tokens()));
    }
    return MAPPER.writeValueAsString(body);
  }

  @Override
  public String failure(FakeStep.Failure failure) {
    return MAPPER.writeValueAsString(
        Map.of("error", Map.of("type", failure.type(), "message", failure.message())));
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
    return new ChatCompletionsEvents(this, number).of(reply);
  }

  @Override
  public String errorEvent(FakeStep.Failure failure) {
    return "data: " + failure(failure) + "\n\n";
  }

  @Override
  public AskedCall asked(String requestBody) {
    return ChatCompletionsAsked.read(MAPPER.readTree(requestBody));
  }

  @Override
  public Optional<String> returned(Part.Thought thought) {
    return vendor == Vendor.DEEPSEEK ? Optional.of(thought.text()) : Optional.empty();
  }

  @Override
  public StopReason told(StopReason reason) {
    boolean unknown = vendor == Vendor.DEEPSEEK && reason == StopReason.REFUSAL;
    return unknown ? StopReason.FILTER : reason;
  }

  Vendor vendor() {
    return vendor;
  }

  boolean refused(FakeStep.Reply reply) {
    return vendor == Vendor.OPENAI && reply.stopReason() == StopReason.REFUSAL;
  }

  /** The thoughts as far as the vendor shows them. */
  String thought(FakeStep.Reply reply) {
    return vendor == Vendor.DEEPSEEK
        ? reply.thoughts().stream().map(Part.Thought::text).collect(Collectors.joining())
        : "";
  }

  static List<Map<String, Object>> toolCalls(List<ToolCall> toolCalls) {
    List<Map<String, Object>> wire = new ArrayList<>(toolCalls.size());
    for (ToolCall call : toolCalls) {
      wire.add(
          Map.of(
              "id",
              call.id(),
              "type",
              "function",
              "function",
              Map.of(
                  "name",
                  call.tool().replace(".", "__"),
                  "arguments",
                  MAPPER.writeValueAsString(call.arguments()))));
    }
    return wire;
  }

  String finishReason(StopReason reason) {
    return switch (reason) {
      case END -> "stop";
      case REFUSAL -> vendor == Vendor.OPENAI ? "stop" : "content_filter";
      case TOOL_CALLS -> "tool_calls";
      case LENGTH -> "length";
      case FILTER -> "content_filter";
    };
  }

  Map<String, Object> usage(Tokens tokens) {
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", tokens.input());
    usage.put("completion_tokens", tokens.output());
    usage.put("total_tokens", tokens.input() + tokens.output());
    if (vendor == Vendor.DEEPSEEK) {
      usage.put("prompt_cache_hit_tokens", tokens.cacheRead());
      usage.put("prompt_cache_miss_tokens", tokens.input() - tokens.cacheRead());
    } else {
      usage.put(
          "prompt_tokens_details",
          Map.of("cached_tokens", tokens.cacheRead(), "cache_write_tokens", tokens.cacheWrite()));
    }
    usage.put("completion_tokens_details", Map.of("reasoning_tokens", tokens.reasoning()));
    return usage;
  }
}
