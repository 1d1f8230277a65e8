package io.agentos.adapters.gemini;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one answer, as they come. Texts that follow each other are one, but never across a
 * signature, which belongs to the part it came with. Calls come whole. Not thread-safe.
 */
final class GeminiParts {
  private static final int TOOL_CALLS_MAX = 128;

  /** The longest answer, in characters. */
  private static final int LENGTH_MAX = ProviderHttp.ANSWER_BYTES_MAX;

  private final GeminiAsked asked;
  private final ModelListener listener;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> callIds = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private boolean textIsThought;
  private int length;
  private boolean sealed;

  /**
   * @param listener hears what comes
   */
  GeminiParts(GeminiAsked asked, ModelListener listener) {
    this.asked = asked;
    this.listener = listener;
  }

  /** Takes a part that came. */
  void take(ProviderAnswer answer, GeminiWire.Part part) {
    String signature = orEmpty(part.thoughtSignature());
    if (part.functionCall() != null) {
      endText("");
      call(answer, part.functionCall(), signature);
      return;
    }
    String more = orEmpty(part.text());
    length += more.length();
    if (length > LENGTH_MAX) {
      throw answer.broken("more than " + LENGTH_MAX + " characters");
    }
    boolean thought = Boolean.TRUE.equals(part.thought());
    if (thought != textIsThought || !signature.isEmpty()) {
      endText("");
    }
    textIsThought = thought;
    if (!more.isEmpty()) {
      text.append(more);
      listener.on(thought ? new ModelEvent.Thought(more) : new ModelEvent.Text(more));
    }
    if (!signature.isEmpty()) {
      endText(signature);
    }
  }

  /** All parts of the answer. */
  List<Part> parts() {
    endText("");
    return List.copyOf(parts);
  }

  /** Whether a part carries a seal. */
  boolean sealed() {
    return sealed;
  }

  private void endText(String signature) {
    if (text.isEmpty() && signature.isEmpty()) {
      return;
    }
    String seal = seal("", signature);
    parts.add(
        textIsThought
            ? new Part.Thought(text.toString(), seal)
            : new Part.Text(text.toString(), seal));
    text.setLength(0);
  }

  private void call(ProviderAnswer answer, GeminiWire.Call wire, String signature) {
    String name = orEmpty(wire.name());
    Map<String, @Nullable Object> arguments =
        wire.args() == null || wire.args().isNull()
            ? Map.of()
            : ProviderJson.object(ProviderJson.write(wire.args())).orElse(null);
    if (name.isBlank() || arguments == null) {
      throw answer.broken("half a tool call");
    }
    if (callIds.size() == TOOL_CALLS_MAX) {
      throw answer.broken("more than " + TOOL_CALLS_MAX + " tool calls");
    }
    String given = orEmpty(wire.id());
    String id = given;
    if (id.isBlank() || !callIds.add(id)) {
      id = "call_%d_%d".formatted(asked.request().key().position(), callIds.size() + 1);
      callIds.add(id);
    }
    ToolCall call = new ToolCall(id, asked.tools().fromWire(name), arguments);
    parts.add(new Part.Call(call, seal(given, signature)));
    listener.on(new ModelEvent.Call(call));
  }

  private String seal(String callId, String signature) {
    String seal = new GeminiSeal(asked.model(), callId, signature).text();
    sealed |= !seal.isEmpty();
    return seal;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
