package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.Completion;
import io.agentos.api.ModelEvent;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts together one stream of Chat Completions, up to its {@code [DONE]}, and reads it like a plain
 * answer.
 *
 * <p>The usage is the last one that came: OpenAI tells it in a chunk without choices, DeepSeek on
 * the last chunk with one.
 */
final class ChatStream implements OpenAiApi.Stream {
  private static final String DONE = "[DONE]";
  private static final int CALLS_MAX = 1_024;

  private final Asked asked;
  private final ModelListener listener;
  private final Pieces pieces = new Pieces();
  private final StringBuilder content = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final StringBuilder thought = new StringBuilder();
  private final TreeMap<Integer, PartialCall> calls = new TreeMap<>();
  private String model = "";
  private @Nullable String finishReason;
  private @Nullable JsonNode usage;
  private @Nullable Completion completion;

  ChatStream(Asked asked, ModelListener listener) {
    this.asked = asked;
    this.listener = listener;
  }

  /** A call of which more may come. */
  private static final class PartialCall {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    ChatWire.Call soFar() {
      return new ChatWire.Call(
          id, "function", new ChatWire.CalledFunction(name, arguments.toString()));
    }
  }

  @Override
  public boolean on(ProviderAnswer head, String event, String data) {
    if (data.equals(DONE)) {
      completion = end(head);
      return true;
    }
    ChatWire.Chunk chunk = head.read(data, ChatWire.Chunk.class);
    if (chunk.error() != null && !chunk.error().isNull()) {
      throw head.failedWithin(chunk.error());
    }
    String named = Objects.requireNonNullElse(chunk.model(), "");
    model = named.isBlank() ? model : named;
    usage = chunk.usage() == null || chunk.usage().isNull() ? usage : chunk.usage();
    for (ChatWire.ChunkChoice choice : Objects.requireNonNullElse(chunk.choices(), none())) {
      if (choice != null && (choice.index() == null || choice.index() == 0)) {
        add(head, choice);
      }
    }
    return false;
  }

  @Override
  public @Nullable Tokens seen() {
    return OpenAiUsage.ofChat(usage);
  }

  @Override
  public Completion completion() {
    return Objects.requireNonNull(completion, "the stream has not said all");
  }

  private void add(ProviderAnswer head, ChatWire.ChunkChoice choice) {
    String reason = Objects.requireNonNullElse(choice.finishReason(), "");
    finishReason = reason.isEmpty() ? finishReason : reason;
    ChatWire.Delta delta = choice.delta();
    if (delta == null) {
      return;
    }
    String thinks = pieces.kept(head, delta.reasoningContent());
    if (!thinks.isEmpty()) {
      thought.append(thinks);
      listener.on(new ModelEvent.Thought(thinks));
    }
    String says = pieces.kept(head, delta.content());
    if (!says.isEmpty()) {
      content.append(says);
      listener.on(new ModelEvent.Text(says));
    }
    String declines = pieces.kept(head, delta.refusal());
    refusal.append(declines);
    if (!declines.isEmpty() && content.isEmpty()) {
      listener.on(new ModelEvent.Text(declines));
    }
    if (delta.toolCalls() != null) {
      delta.toolCalls().forEach(call -> add(head, call));
    }
  }

  /** Some servers leave the index out; then a call with an id begins anew. */
  private void add(ProviderAnswer head, ChatWire.CallDelta delta) {
    String id = Objects.requireNonNullElse(delta.id(), "");
    int last = calls.isEmpty() ? -1 : calls.lastKey();
    int next = !id.isEmpty() || last < 0 ? last + 1 : last;
    PartialCall call =
        calls.computeIfAbsent(
            Objects.requireNonNullElse(delta.index(), next), _ -> new PartialCall());
    if (calls.size() > CALLS_MAX) {
      throw head.broken("more than " + CALLS_MAX + " tool calls");
    }
    call.id = id.isEmpty() ? call.id : id;
    ChatWire.CalledFunction function = delta.function();
    if (function != null) {
      String name = Objects.requireNonNullElse(function.name(), "");
      call.name = name.isEmpty() ? call.name : name;
      call.arguments.append(pieces.kept(head, function.arguments()));
    }
  }

  private Completion end(ProviderAnswer head) {
    List<ChatWire.Call> wire = new ArrayList<>();
    calls.values().forEach(call -> wire.add(call.soFar()));
    ChatWire.Turn turn =
        new ChatWire.Turn(content.toString(), refusal.toString(), thought.toString(), wire);
    Completion whole = new ChatAnswer(head, asked).completion(model, turn, finishReason, usage);
    whole.message().toolCalls().forEach(call -> listener.on(new ModelEvent.Call(call)));
    return whole;
  }

  private static List<ChatWire.@Nullable ChunkChoice> none() {
    return List.of();
  }
}
