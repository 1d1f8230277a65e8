package io.agentos.testkit;

import io.agentos.api.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The events of one streamed answer of {@link AnthropicDialect}. */
final class AnthropicEvents {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final AnthropicDialect dialect;
  private final int number;
  private final List<String> events = new ArrayList<>();

  AnthropicEvents(AnthropicDialect dialect, int number) {
    this.dialect = dialect;
    this.number = number;
  }

  List<String> of(FakeStep.Reply reply) {
    begin(reply.tokens());
    int index = 0;
    for (Map<String, Object> block : dialect.blocks(reply)) {
      block(index++, block);
    }
    Map<String, @Nullable Object> delta = new LinkedHashMap<>();
    dialect.end(delta, reply);
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("delta", delta);
    if (reply.tokens() != null) {
      Map<String, Object> usage = dialect.usage(reply.tokens());
      usage.remove("cache_creation");
      end.put("usage", usage);
    }
    event("message_delta", end);
    event("message_stop", Map.of());
    return events;
  }

  /** With the snapshot of counts that only the end makes true. */
  private void begin(@Nullable Tokens tokens) {
    Map<String, @Nullable Object> message = dialect.message(number);
    message.put("content", List.of());
    message.put("stop_reason", null);
    if (tokens != null) {
      Map<String, Object> usage = dialect.usage(tokens);
      usage.put("output_tokens", 1);
      usage.remove("output_tokens_details");
      message.put("usage", usage);
    }
    event("message_start", Map.of("message", message));
  }

  private void block(int index, Map<String, Object> block) {
    Map<String, Object> start = new LinkedHashMap<>(block);
    List<Map<String, Object>> deltas = new ArrayList<>();
    switch (String.valueOf(block.get("type"))) {
      case "text" -> {
        start.put("text", "");
        pieces(block, "text").forEach(more -> deltas.add(delta("text_delta", "text", more)));
      }
      case "thinking" -> {
        start.put("thinking", "");
        start.put("signature", "");
        pieces(block, "thinking")
            .forEach(more -> deltas.add(delta("thinking_delta", "thinking", more)));
        deltas.add(delta("signature_delta", "signature", block.get("signature")));
      }
      case "tool_use" -> {
        start.put("input", Map.of());
        deltas.add(delta("input_json_delta", "partial_json", ""));
        ChatCompletionsEvents.pieces(MAPPER.writeValueAsString(block.get("input")))
            .forEach(more -> deltas.add(delta("input_json_delta", "partial_json", more)));
      }
      default -> {} // redacted thinking comes in one piece
    }
    event("content_block_start", Map.of("index", index, "content_block", start));
    deltas.forEach(delta -> event("content_block_delta", Map.of("index", index, "delta", delta)));
    event("content_block_stop", Map.of("index", index));
  }

  private static List<String> pieces(Map<String, Object> block, String field) {
    return ChatCompletionsEvents.pieces(String.valueOf(block.get(field)));
  }

  private static Map<String, Object> delta(String type, String field, @Nullable Object more) {
    return Map.of("type", type, field, String.valueOf(more));
  }

  private void event(String type, Map<String, Object> fields) {
    Map<String, Object> event = new LinkedHashMap<>(fields);
    event.put("type", type);
    events.add("event: " + type + "\ndata: " + MAPPER.writeValueAsString(event) + "\n\n");
  }
}
