package io.agentos.adapters.gemini;

import io.agentos.adapters.http.AnswerReader;
import io.agentos.adapters.http.EventHandler;
import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of the Gemini API, in one piece or in chunks of the same shape.
 *
 * <p>A stream has no last word: it has said all with the chunk that names a finish reason, or says
 * that the prompt is blocked. Counts are those of all that was said so far; the last stand. Not
 * thread-safe.
 */
final class GeminiAnswer implements AnswerReader<Completion>, EventHandler {
  private final GeminiAsked asked;
  private final GeminiParts parts;
  private @Nullable String model;
  private @Nullable String responseId;
  private @Nullable String finishReason;
  private boolean candidate;
  private boolean blocked;
  private @Nullable Tokens tokens;
  private @Nullable Completion completion;

  /**
   * @param listener hears what comes
   */
  GeminiAnswer(GeminiAsked asked, ModelListener listener) {
    this.asked = asked;
    this.parts = new GeminiParts(asked, listener);
  }

  /**
   * The answer as a completion.
   *
   * @throws AgentOsException PROVIDER_ANSWER, or what an error within the body means
   */
  @Override
  public Completion read(ProviderAnswer answer) {
    take(answer, answer.read(GeminiWire.Answer.class));
    return completed(answer);
  }

  @Override
  public boolean on(ProviderAnswer head, String event, String data) {
    take(head, head.read(data, GeminiWire.Answer.class));
    if (finishReason == null && !blocked) {
      return false;
    }
    completion = completed(head);
    return true;
  }

  @Override
  public @Nullable Tokens seen() {
    return tokens;
  }

  /** The answer; null unless it has come whole. */
  @Nullable Completion completion() {
    return completion;
  }

  private void take(ProviderAnswer answer, GeminiWire.Answer wire) {
    if (wire.error() != null && !wire.error().isNull()) {
      throw answer.failedWithin(wire.error());
    }
    tokens = GeminiUsage.of(wire.usageMetadata());
    model = wire.modelVersion() == null ? model : wire.modelVersion();
    responseId = wire.responseId() == null ? responseId : wire.responseId();
    blocked |= wire.promptFeedback() != null && wire.promptFeedback().blockReason() != null;
    List<GeminiWire.@Nullable Candidate> candidates =
        Objects.requireNonNullElse(wire.candidates(), List.of());
    for (GeminiWire.Candidate one : candidates) {
      if (one != null && (one.index() == null || one.index() == 0)) {
        take(answer, one);
        return;
      }
    }
  }

  private void take(ProviderAnswer answer, GeminiWire.Candidate one) {
    candidate = true;
    finishReason = one.finishReason() == null ? finishReason : one.finishReason();
    List<GeminiWire.@Nullable Part> came =
        one.content() == null
            ? List.of()
            : Objects.requireNonNullElse(one.content().parts(), List.of());
    for (GeminiWire.Part part : came) {
      if (part != null) {
        parts.take(answer, part);
      }
    }
  }

  private Completion completed(ProviderAnswer answer) {
    if (!candidate && !blocked) {
      throw answer.broken("no candidate");
    }
    StopReason reason = blocked ? StopReason.FILTER : stopReason(answer, finishReason);
    List<Part> said = parts.parts();
    if (reason == StopReason.FILTER) {
      said = said.stream().filter(part -> !(part instanceof Part.Call)).toList();
    }
    boolean calls = said.stream().anyMatch(Part.Call.class::isInstance);
    return new Completion(
        new Message.Assistant(said, parts.sealed() ? asked.provider() : ""),
        reason == StopReason.END && calls ? StopReason.TOOL_CALLS : reason,
        tokens,
        asked.provider(),
        asked.named(model),
        requestId(answer));
  }

  /** Gemini names its answers, not the calls. */
  private String requestId(ProviderAnswer answer) {
    String named = answer.requestId();
    return named.isEmpty() && responseId != null ? responseId : named;
  }

  /** Why it stopped. It is never the model that declines, but a filter, for one of many reasons. */
  private static StopReason stopReason(ProviderAnswer answer, @Nullable String reason) {
    return switch (reason) {
      case "STOP" -> StopReason.END;
      case "MAX_TOKENS", "CONTINUATION" -> StopReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION" ->
          StopReason.FILTER;
      case "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MISSING_THOUGHT_SIGNATURE",
          "MALFORMED_RESPONSE" ->
          throw answer.broken("a failed finish,", reason);
      case null -> throw answer.broken("no finishReason");
      default -> throw answer.broken("an unknown finishReason", reason);
    };
  }
}
