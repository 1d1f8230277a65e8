package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one answer of Chat Completions, whether it came whole or in pieces. */
final class ChatAnswer {
  private final ProviderAnswer answer;
  private final Asked asked;

  ChatAnswer(ProviderAnswer answer, Asked asked) {
    this.answer = answer;
    this.asked = asked;
  }

  /**
   * The whole body as a completion.
   *
   * @throws AgentOsException PROVIDER_ANSWER, or what an error within the body means
   */
  Completion completion() {
    ChatWire.Answer wire = answer.read(ChatWire.Answer.class);
    List<ChatWire.@Nullable Choice> choices = Objects.requireNonNullElse(wire.choices(), List.of());
    if (wire.error() != null && !wire.error().isNull() && choices.isEmpty()) {
      throw answer.failedWithin(wire.error());
    }
    ChatWire.Choice choice = choices.isEmpty() ? null : choices.getFirst();
    if (choice == null || choice.message() == null) {
      throw answer.broken("no message");
    }
    return completion(text(wire.model()), choice.message(), choice.finishReason(), wire.usage());
  }

  /** One message, put together, as a completion. */
  Completion completion(
      String model, ChatWire.Turn turn, @Nullable String finishReason, @Nullable JsonNode usage) {
    StopReason reason = stopReason(finishReason, turn);
    boolean silent = reason == StopReason.REFUSAL && text(turn.content()).isBlank();
    List<Part> parts = new ArrayList<>();
    boolean thought = !text(turn.reasoningContent()).isEmpty();
    if (thought) {
      parts.add(new Part.Thought(text(turn.reasoningContent()), ""));
    }
    String said = text(silent ? turn.refusal() : turn.content());
    if (!said.isEmpty()) {
      parts.add(new Part.Text(said));
    }
    if (reason != StopReason.REFUSAL) {
      addCalls(parts, turn, reason);
    }
    return new Completion(
        new Message.Assistant(parts, thought ? asked.provider() : ""),
        reason,
        OpenAiUsage.ofChat(usage),
        asked.provider(),
        asked.named(model),
        answer.requestId());
  }

  private StopReason stopReason(@Nullable String finishReason, ChatWire.Turn turn) {
    boolean calls = turn.toolCalls() != null && !turn.toolCalls().isEmpty();
    return switch (finishReason) {
      case "stop" -> {
        if (!text(turn.refusal()).isBlank()) {
          yield StopReason.REFUSAL;
        }
        yield calls ? StopReason.TOOL_CALLS : StopReason.END;
      }
      case "tool_calls" -> StopReason.TOOL_CALLS;
      case "length" -> StopReason.LENGTH;
      case "content_filter" -> StopReason.FILTER;
      // DeepSeek ran out of machines while it answered.
      case "insufficient_system_resource" -> throw answer.gaveUp(finishReason);
      case null -> throw answer.broken("no finish_reason");
      default -> throw answer.broken("an unknown finish_reason", finishReason);
    };
  }

  private void addCalls(List<Part> parts, ChatWire.Turn turn, StopReason reason) {
    boolean complete = reason == StopReason.TOOL_CALLS;
    CallReader reader = new CallReader(answer, asked, complete);
    List<ChatWire.Call> calls = Objects.requireNonNullElse(turn.toolCalls(), List.of());
    for (ChatWire.Call call : calls) {
      ChatWire.CalledFunction function = call.function();
      reader
          .next(
              call.id(),
              function == null ? null : function.name(),
              function == null ? null : function.arguments())
          .ifPresent(whole -> parts.add(new Part.Call(whole)));
    }
    if (complete && calls.isEmpty()) {
      throw answer.broken("tool calls announced and none given");
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
