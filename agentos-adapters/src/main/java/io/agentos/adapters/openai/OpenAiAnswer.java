package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of Chat Completions.
 *
 * <p>A tool call is taken whole or not at all. An answer that was cut at the token limit keeps the
 * calls before the cut; in an answer that says it is complete, a call that is not makes all of it
 * PROVIDER_ANSWER.
 */
final class OpenAiAnswer {
  private static final int TOOL_CALLS_MAX = 128;

  private final ProviderAnswer answer;
  private final ModelRequest request;
  private final ToolNames tools;

  OpenAiAnswer(ProviderAnswer answer, ModelRequest request, ToolNames tools) {
    this.answer = answer;
    this.request = request;
    this.tools = tools;
  }

  /**
   * The answer as a completion.
   *
   * @param asked the model that was asked, for servers that do not name the one that answered
   * @throws AgentOsException PROVIDER_ANSWER, or what an error within the body means
   */
  Completion completion(String provider, String asked) {
    OpenAiWire.Answer wire = answer.read(OpenAiWire.Answer.class);
    List<OpenAiWire.@Nullable Choice> choices =
        Objects.requireNonNullElse(wire.choices(), List.of());
    if (wire.error() != null && !wire.error().isNull() && choices.isEmpty()) {
      throw answer.failedWithin(wire.error());
    }
    OpenAiWire.Choice choice = choices.isEmpty() ? null : choices.getFirst();
    if (choice == null || choice.message() == null) {
      throw answer.broken("no message");
    }
    return completion(provider, asked, wire, choice, choice.message());
  }

  private Completion completion(
      String provider,
      String asked,
      OpenAiWire.Answer wire,
      OpenAiWire.Choice choice,
      OpenAiWire.Turn turn) {
    StopReason reason = stopReason(choice.finishReason(), turn);
    boolean silent = reason == StopReason.REFUSAL && text(turn.content()).isBlank();
    List<ToolCall> calls = reason == StopReason.REFUSAL ? List.of() : toolCalls(turn, reason);
    if (reason == StopReason.TOOL_CALLS && calls.isEmpty()) {
      throw answer.broken("tool calls announced and none given");
    }
    return new Completion(
        new Message.Assistant(text(silent ? turn.refusal() : turn.content()), calls),
        reason,
        OpenAiUsage.of(wire.usage()),
        provider,
        text(wire.model()).isBlank() ? asked : text(wire.model()),
        answer.requestId());
  }

  private StopReason stopReason(@Nullable String finishReason, OpenAiWire.Turn turn) {
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
      case null -> throw answer.broken("no finish_reason");
      default -> throw answer.broken("an unknown finish_reason", finishReason);
    };
  }

  private List<ToolCall> toolCalls(OpenAiWire.Turn turn, StopReason reason) {
    List<OpenAiWire.Call> wire = Objects.requireNonNullElse(turn.toolCalls(), List.of());
    if (wire.size() > TOOL_CALLS_MAX) {
      throw answer.broken("more than " + TOOL_CALLS_MAX + " tool calls");
    }
    boolean whole = reason == StopReason.TOOL_CALLS;
    List<ToolCall> calls = new ArrayList<>(wire.size());
    Set<String> ids = new HashSet<>();
    for (OpenAiWire.Call call : wire) {
      Optional<ToolCall> taken = toolCall(call, calls.size() + 1, ids, whole);
      if (taken.isEmpty() && whole) {
        throw answer.broken("half a tool call");
      }
      taken.ifPresent(calls::add);
    }
    return calls;
  }

  /** The call; empty unless it is whole. No arguments at all are none only if nothing was cut. */
  private Optional<ToolCall> toolCall(
      OpenAiWire.Call call, int place, Set<String> ids, boolean whole) {
    OpenAiWire.CalledFunction function = call.function();
    if (function == null || text(function.name()).isBlank()) {
      return Optional.empty();
    }
    String id = text(call.id());
    if (id.isBlank() || !ids.add(id)) {
      id = "call_%d_%d".formatted(request.key().position(), place);
      ids.add(id);
    }
    String unique = id;
    String tool = tools.fromWire(text(function.name()));
    String arguments = text(function.arguments());
    if (arguments.isBlank()) {
      return whole ? Optional.of(new ToolCall(unique, tool, Map.of())) : Optional.empty();
    }
    return ProviderJson.object(arguments).map(values -> newToolCall(unique, tool, values));
  }

  private static ToolCall newToolCall(
      String id, String name, Map<String, @Nullable Object> arguments) {
    return new ToolCall(id, name, arguments);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
