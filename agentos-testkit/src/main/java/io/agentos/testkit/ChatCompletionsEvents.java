package io.agentos.testkit;

import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The events of one streamed answer of {@link ChatCompletionsDialect}. */
final class ChatCompletionsEvents {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int PIECES = 3;

  private final ChatCompletionsDialect dialect;
  private final int number;
  private final List<String> events = new ArrayList<>();

  ChatCompletionsEvents(ChatCompletionsDialect dialect, int number) {
    this.dialect = dialect;
    this.number = number;
  }

  List<String> of(FakeStep.Reply reply) {
    Map<String, @Nullable Object> first = new LinkedHashMap<>();
    first.put("role", "assistant");
    first.put("content", reply.toolCalls().isEmpty() ? "" : null);
    delta(first, null, null);
    pieces(dialect.thought(reply)).forEach(more -> delta("reasoning_content", more));
    String said = dialect.refused(reply) ? "refusal" : "content";
    pieces(reply.text()).forEach(more -> delta(said, more));
    for (int i = 0; i < reply.toolCalls().size(); i++) {
      call(i, reply.toolCalls().get(i));
    }
    String reason = dialect.finishReason(reply.stopReason());
    Map<String, Object> usage = reply.tokens() == null ? null : dialect.usage(reply.tokens());
    if (dialect.vendor() == ChatCompletionsDialect.Vendor.DEEPSEEK) {
      delta(Map.of("content", ""), reason, usage);
    } else {
      delta(Map.of(), reason, null);
      if (usage != null) {
        chunk(List.of(), usage);
      }
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  /** Texts that joined are the text, none of them half a character. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int[] characters = text.codePoints().toArray();
    int size = Math.max(1, (characters.length + PIECES - 1) / PIECES);
    for (int i = 0; i < characters.length; i += size) {
      pieces.add(new String(characters, i, Math.min(size, characters.length - i)));
    }
    return pieces;
  }

  private void call(int index, ToolCall call) {
    callDelta(
        Map.of(
            "index",
            index,
            "id",
            call.id(),
            "type",
            "function",
            "function",
            Map.of("name", call.tool().replace(".", "__"), "arguments", "")));
    for (String more : pieces(MAPPER.writeValueAsString(call.arguments()))) {
      callDelta(Map.of("index", index, "function", Map.of("arguments", more)));
    }
  }

  private void callDelta(Map<String, Object> call) {
    delta(Map.of("tool_calls", List.of(call)), null, null);
  }

  private void delta(String field, String more) {
    delta(Map.of(field, more), null, null);
  }

  private void delta(
      Map<String, ?> delta, @Nullable String finishReason, @Nullable Map<String, Object> usage) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finishReason);
    chunk(List.of(choice), usage);
  }

  private void chunk(List<?> choices, @Nullable Map<String, Object> usage) {
    Map<String, @Nullable Object> chunk = new LinkedHashMap<>();
    chunk.put("id", "chatcmpl-" + number);
    chunk.put("object", "chat.completion.chunk");
    chunk.put("model", "fake-model");
    chunk.put("choices", choices);
    chunk.put("usage", usage);
    events.add("data: " + MAPPER.writeValueAsString(chunk) + "\n\n");
  }
}
