package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.Completion;
import io.agentos.api.ModelEvent;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells one stream of Responses as it comes; its last event holds the whole response, which is read
 * like a plain one. Its items count as they were told before where that event has none.
 */
final class ResponsesStream implements OpenAiApi.Stream {
  private final Asked asked;
  private final ModelListener listener;
  private final Pieces pieces = new Pieces();
  private final List<JsonNode> items = new ArrayList<>();
  private boolean saidText;
  private @Nullable JsonNode usage;
  private @Nullable Completion completion;

  ResponsesStream(Asked asked, ModelListener listener) {
    this.asked = asked;
    this.listener = listener;
  }

  @Override
  public boolean on(ProviderAnswer head, String event, String data) {
    JsonNode said = head.read(data, JsonNode.class);
    switch (said.path("type").asString(event)) {
      case "response.output_text.delta" -> {
        saidText = true;
        text(piece(head, said));
      }
      case "response.refusal.delta" -> {
        String declines = piece(head, said);
        text(saidText ? "" : declines);
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          thought(piece(head, said));
      case "response.reasoning_summary_part.added" ->
          thought(said.path("summary_index").asInt(0) > 0 ? "\n\n" : "");
      case "response.output_item.done" -> {
        pieces.kept(head, data);
        items.add(said.path("item"));
      }
      case "response.completed", "response.incomplete", "response.failed" -> {
        completion = end(head, said.path("response"));
        return true;
      }
      case "error" ->
          throw head.failedWithin(said.path("error").isObject() ? said.path("error") : said);
      default -> {
        // Beginnings and ends of parts, and what has been told piece by piece.
      }
    }
    return false;
  }

  @Override
  public @Nullable Tokens seen() {
    return OpenAiUsage.ofResponses(usage);
  }

  @Override
  public Completion completion() {
    return Objects.requireNonNull(completion, "the stream has not said all");
  }

  private Completion end(ProviderAnswer head, JsonNode response) {
    usage = response.path("usage");
    List<JsonNode> output = List.copyOf(response.path("output").values());
    Completion whole =
        new ResponsesAnswer(head, asked).completion(response, output.isEmpty() ? items : output);
    whole.message().toolCalls().forEach(call -> listener.on(new ModelEvent.Call(call)));
    return whole;
  }

  private String piece(ProviderAnswer head, JsonNode said) {
    return pieces.kept(head, said.path("delta").asString(""));
  }

  private void text(String more) {
    if (!more.isEmpty()) {
      listener.on(new ModelEvent.Text(more));
    }
  }

  private void thought(String more) {
    if (!more.isEmpty()) {
      listener.on(new ModelEvent.Thought(more));
    }
  }
}
