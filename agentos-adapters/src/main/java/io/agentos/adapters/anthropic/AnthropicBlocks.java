package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.ModelEvent;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one answer, as they come, whole or bit by bit.
 *
 * <p>A tool call is told when it is known to be whole: when its input is a JSON object and either
 * another block follows or the answer did not end at a limit. Not thread-safe.
 */
final class AnthropicBlocks {
  private static final int TOOL_CALLS_MAX = 128;

  /** The longest answer, in characters. */
  private static final int LENGTH_MAX = ProviderHttp.ANSWER_BYTES_MAX;

  /** A block that has begun and not ended. */
  private static final class Open {
    final AnthropicWire.Block start;
    final StringBuilder text = new StringBuilder();
    final StringBuilder json = new StringBuilder();
    final StringBuilder signature = new StringBuilder();

    Open(AnthropicWire.Block start) {
      this.start = start;
      signature.append(orEmpty(start.signature()));
    }
  }

  private final AnthropicAsked asked;
  private final ModelListener listener;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> callIds = new HashSet<>();
  private @Nullable Open open;
  private int index = -1;
  private int length;
  private @Nullable ToolCall lastCall;
  private boolean lastCallIsHalf;
  private boolean sealed;

  /**
   * @param listener hears what comes
   */
  AnthropicBlocks(AnthropicAsked asked, ModelListener listener) {
    this.asked = asked;
    this.listener = listener;
  }

  /**
   * A block begins, with what it has already.
   *
   * @param at its place in the answer; null for the next
   */
  void begin(ProviderAnswer answer, @Nullable Integer at, AnthropicWire.Block block) {
    end(answer);
    settleCall(answer, true);
    int place = at == null ? index + 1 : at;
    if (place <= index) {
      throw answer.broken("a block that had begun before");
    }
    index = place;
    Open begun = new Open(block);
    open = begun;
    moreText(answer, begun, block.text());
    moreThought(answer, begun, block.thinking());
  }

  /**
   * More of the block that has begun.
   *
   * @param at its place in the answer; null for the last that began
   */
  void more(ProviderAnswer answer, @Nullable Integer at, AnthropicWire.Delta delta) {
    Open current = open;
    if (current == null || (at != null && at != index)) {
      throw answer.broken("more of a block that is not open");
    }
    switch (orEmpty(delta.type())) {
      case "text_delta" -> moreText(answer, current, delta.text());
      case "thinking_delta" -> moreThought(answer, current, delta.thinking());
      case "signature_delta" ->
          current.signature.append(counted(answer, orEmpty(delta.signature())));
      case "input_json_delta" -> current.json.append(counted(answer, orEmpty(delta.partialJson())));
      default -> {} // citations and what comes next year
    }
  }

  /** The block that has begun is at its end; nothing when none has. */
  void end(ProviderAnswer answer) {
    Open ended = open;
    open = null;
    if (ended == null) {
      return;
    }
    switch (orEmpty(ended.start.type())) {
      case "text" -> {
        if (!ended.text.isEmpty()) {
          parts.add(new Part.Text(ended.text.toString()));
        }
      }
      case "thinking" -> thought(ended.text.toString(), ended.signature.toString(), false);
      case "redacted_thinking" -> thought("", orEmpty(ended.start.data()), true);
      case "tool_use" -> call(answer, ended);
      default -> {} // what only server tools make, which are never asked for
    }
  }

  /**
   * All parts of the answer.
   *
   * @param whole whether the answer ended by itself, so that its last call must be whole
   */
  List<Part> parts(ProviderAnswer answer, boolean whole) {
    end(answer);
    settleCall(answer, whole);
    return List.copyOf(parts);
  }

  /** Whether a part carries a seal. */
  boolean sealed() {
    return sealed;
  }

  private void moreText(ProviderAnswer answer, Open block, @Nullable String more) {
    if (more != null && !more.isEmpty()) {
      block.text.append(counted(answer, more));
      listener.on(new ModelEvent.Text(more));
    }
  }

  private void moreThought(ProviderAnswer answer, Open block, @Nullable String more) {
    if (more != null && !more.isEmpty()) {
      block.text.append(counted(answer, more));
      listener.on(new ModelEvent.Thought(more));
    }
  }

  private String counted(ProviderAnswer answer, String more) {
    length += more.length();
    if (length > LENGTH_MAX) {
      throw answer.broken("more than " + LENGTH_MAX + " characters");
    }
    return more;
  }

  private void thought(String text, String value, boolean redacted) {
    if (value.isEmpty()) {
      if (!text.isEmpty()) {
        parts.add(new Part.Thought(text, ""));
      }
      return;
    }
    sealed = true;
    parts.add(new Part.Thought(text, new AnthropicSeal(asked.model(), redacted, value).text()));
  }

  private void call(ProviderAnswer answer, Open block) {
    String name = orEmpty(block.start.name());
    Optional<Map<String, @Nullable Object>> input =
        ProviderJson.object(block.json.isEmpty() ? input(block.start) : block.json.toString());
    if (name.isBlank() || input.isEmpty()) {
      lastCallIsHalf = true;
      return;
    }
    if (callIds.size() == TOOL_CALLS_MAX) {
      throw answer.broken("more than " + TOOL_CALLS_MAX + " tool calls");
    }
    String id = orEmpty(block.start.id());
    if (id.isBlank() || !callIds.add(id)) {
      id = "call_%d_%d".formatted(asked.request().key().position(), callIds.size() + 1);
      callIds.add(id);
    }
    lastCall = new ToolCall(id, asked.tools().fromWire(name), input.get());
  }

  /** In a stream the beginning of a call says {@code {}}, whatever its input will be. */
  private static String input(AnthropicWire.Block block) {
    return block.input() == null ? "" : ProviderJson.write(block.input());
  }

  private void settleCall(ProviderAnswer answer, boolean whole) {
    ToolCall call = lastCall;
    boolean half = lastCallIsHalf;
    lastCall = null;
    lastCallIsHalf = false;
    if (half && whole) {
      throw answer.broken("half a tool call");
    }
    if (call != null && whole) {
      parts.add(new Part.Call(call));
      listener.on(new ModelEvent.Call(call));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
