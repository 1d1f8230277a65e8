package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.spi.ModelListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one answer of Messages that came in one piece, and says how any of them ended. */
final class AnthropicAnswer {
  private AnthropicAnswer() {}

  /**
   * The answer as a completion.
   *
   * @throws AgentOsException PROVIDER_ANSWER, or what an error within the body means
   */
  static Completion read(ProviderAnswer answer, AnthropicAsked asked, AnthropicUsage usage) {
    AnthropicWire.Answer wire = answer.read(AnthropicWire.Answer.class);
    if (wire.error() != null && !wire.error().isNull()) {
      throw answer.failedWithin(wire.error());
    }
    usage.take(wire.usage());
    if (wire.content() == null) {
      throw answer.broken("no content");
    }
    AnthropicBlocks blocks = new AnthropicBlocks(asked, ModelListener.NONE);
    for (AnthropicWire.Block block : wire.content()) {
      if (block != null) {
        blocks.begin(answer, null, block);
      }
    }
    return completion(answer, asked, blocks, usage, wire);
  }

  /**
   * What an answer makes that has come to its end.
   *
   * @param end the model that answered, and why it stopped
   */
  static Completion completion(
      ProviderAnswer answer,
      AnthropicAsked asked,
      AnthropicBlocks blocks,
      AnthropicUsage usage,
      AnthropicWire.Answer end) {
    StopReason reason = stopReason(answer, end.stopReason(), end.stopDetails());
    boolean whole = reason == StopReason.END || reason == StopReason.TOOL_CALLS;
    List<Part> parts = blocks.parts(answer, whole);
    if (reason == StopReason.REFUSAL || reason == StopReason.FILTER) {
      parts = parts.stream().filter(part -> !(part instanceof Part.Call)).toList();
    }
    boolean calls = parts.stream().anyMatch(Part.Call.class::isInstance);
    if (reason == StopReason.TOOL_CALLS && !calls) {
      throw answer.broken("tool calls announced and none given");
    }
    return new Completion(
        new Message.Assistant(parts, blocks.sealed() ? asked.provider() : ""),
        whole && calls ? StopReason.TOOL_CALLS : reason,
        usage.tokens(),
        asked.provider(),
        asked.named(end.model()),
        answer.requestId());
  }

  /**
   * Why it stopped. A refusal in which a policy category is named is the filter's, one without is
   * the model's; {@code pause_turn} leaves the answer unfinished like a limit does.
   */
  private static StopReason stopReason(
      ProviderAnswer answer, @Nullable String reason, AnthropicWire.@Nullable StopDetails details) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> StopReason.END;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "max_tokens", "model_context_window_exceeded", "pause_turn" -> StopReason.LENGTH;
      case "refusal" ->
          details == null || details.category() == null ? StopReason.REFUSAL : StopReason.FILTER;
      case null -> throw answer.broken("no stop_reason");
      default -> throw answer.broken("an unknown stop_reason", reason);
    };
  }
}
