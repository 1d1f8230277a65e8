package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ToolNames;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as Messages wants it: turns of user and assistant that alternate, all results of
 * one turn's calls at the beginning of the next, no empty text.
 *
 * <p>Thoughts go back unchanged to the model that had them, and to no other.
 */
final class AnthropicTurns {
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final String provider;
  private final String model;
  private final List<AnthropicWire.Turn> turns = new ArrayList<>();

  /**
   * @param provider whose seals may be sent
   * @param model that is asked
   */
  AnthropicTurns(String provider, String model) {
    this.provider = provider;
    this.model = model;
  }

  /** The turns of a conversation. */
  List<AnthropicWire.Turn> of(List<Message> messages) {
    for (Message message : messages) {
      switch (message) {
        case Message.User user -> add(USER, user(user));
        case Message.Assistant assistant -> add(ASSISTANT, assistant(assistant));
        case Message.ToolAnswer answer -> add(USER, List.of(result(answer)));
      }
    }
    return List.copyOf(turns);
  }

  /** Whether the last calls of tools, if they are what is answered now, came without a thought. */
  static boolean endInUnsealedCalls(List<AnthropicWire.Turn> turns) {
    for (AnthropicWire.Turn turn : turns.reversed()) {
      boolean results = turn.content().getFirst() instanceof AnthropicWire.Result;
      if (turn.role().equals(USER) && !results) {
        return false;
      }
      if (turn.role().equals(ASSISTANT)) {
        return !(turn.content().getFirst() instanceof AnthropicWire.Thought);
      }
    }
    return false;
  }

  /** Adds blocks to the last turn where that is of the same side, else as a new one. */
  private void add(String role, List<AnthropicWire.Sent> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    AnthropicWire.Turn last = turns.isEmpty() ? null : turns.getLast();
    if (last == null || !last.role().equals(role) || resultsAfterText(last, blocks)) {
      turns.add(new AnthropicWire.Turn(role, blocks));
      return;
    }
    List<AnthropicWire.Sent> all = new ArrayList<>(last.content());
    all.addAll(blocks);
    turns.set(turns.size() - 1, new AnthropicWire.Turn(role, List.copyOf(all)));
  }

  private static boolean resultsAfterText(
      AnthropicWire.Turn last, List<AnthropicWire.Sent> blocks) {
    return blocks.getFirst() instanceof AnthropicWire.Result
        && !(last.content().getLast() instanceof AnthropicWire.Result);
  }

  private static List<AnthropicWire.Sent> user(Message.User user) {
    List<AnthropicWire.Sent> blocks = new ArrayList<>();
    for (Image image : user.images()) {
      blocks.add(
          new AnthropicWire.Picture(
              new AnthropicWire.Source("base64", image.mediaType(), image.base64())));
    }
    if (!user.text().isBlank()) {
      blocks.add(new AnthropicWire.Text(user.text()));
    }
    return blocks;
  }

  private List<AnthropicWire.Sent> assistant(Message.Assistant assistant) {
    boolean own = assistant.provider().equals(provider);
    List<AnthropicWire.Sent> blocks = new ArrayList<>();
    for (Part part : assistant.parts()) {
      switch (part) {
        case Part.Text(String text, String _) -> {
          if (!text.isBlank()) {
            blocks.add(new AnthropicWire.Text(text));
          }
        }
        case Part.Call(ToolCall call, String _) -> blocks.add(call(call));
        case Part.Thought thought -> {
          if (own) {
            thought(thought).ifPresent(blocks::add);
          }
        }
      }
    }
    return blocks;
  }

  private Optional<AnthropicWire.Sent> thought(Part.Thought thought) {
    return AnthropicSeal.read(thought.seal())
        .filter(seal -> seal.isOf(model))
        .map(seal ->
            seal.redacted()
                ? new AnthropicWire.Redacted(seal.value())
                : new AnthropicWire.Shown(thought.text(), seal.value()));
  }

  private static AnthropicWire.Sent call(ToolCall call) {
    return new AnthropicWire.Call(
        callId(call.id()), ToolNames.toWire(call.tool()), call.arguments());
  }

  private static AnthropicWire.Sent result(Message.ToolAnswer answer) {
    List<AnthropicWire.Sent> content =
        answer.text().isBlank() ? null : List.of(new AnthropicWire.Text(answer.text()));
    return new AnthropicWire.Result(callId(answer.callId()), content, answer.failed());
  }

  /** Ids of other providers may hold what Anthropic refuses. */
  private static String callId(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
