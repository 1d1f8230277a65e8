package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's Chat Completions, also spoken by DeepSeek, vLLM, Ollama and many gateways.
 *
 * <p>Thread-safe.
 */
public final class ChatCompletionsDialect implements ModelServerDialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  @Override
  public String reply(FakeStep.Reply reply, int number) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    boolean refused = reply.stopReason() == StopReason.REFUSAL;
    message.put("content", refused || reply.text().isEmpty() ? null : reply.text());
    message.put("refusal", refused ? reply.text() : null);
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
    body.put("usage", usage(reply.tokens()));
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

  private static List<Map<String, Object>> toolCalls(List<ToolCall> toolCalls) {
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

  private static String finishReason(StopReason reason) {
    return switch (reason) {
      case END, REFUSAL -> "stop";
      case TOOL_CALLS -> "tool_calls";
      case LENGTH -> "length";
      case FILTER -> "content_filter";
    };
  }

  private static Map<String, Object> usage(Tokens tokens) {
    return Map.of(
        "prompt_tokens",
        tokens.input(),
        "completion_tokens",
        tokens.output(),
        "total_tokens",
        tokens.input() + tokens.output(),
        "prompt_tokens_details",
        Map.of("cached_tokens", tokens.cacheRead()),
        "completion_tokens_details",
        Map.of("reasoning_tokens", tokens.reasoning()));
  }
}
