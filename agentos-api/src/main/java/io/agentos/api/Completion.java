package io.agentos.api;

import org.jspecify.annotations.Nullable;

/**
 * A model's whole answer.
 *
 * @param tokens what the provider says was used; null when it says nothing, or what cannot be: the
 *     answer stands all the same, for it is paid
 * @param provider the provider that answered, such as {@code openai}
 * @param model the model that answered, as the provider names it
 * @param requestId the provider's name of the call, for its support; empty when it gives none
 */
public record Completion(
    Message.Assistant message,
    StopReason stopReason,
    @Nullable Tokens tokens,
    String provider,
    String model,
    String requestId) {

  /** Why the model stopped. */
  public enum StopReason {
    /** It had said all, or reached a stop sequence. */
    END,
    /** It wants tools to be run. */
    TOOL_CALLS,
    /** The answer was cut at the token limit. */
    LENGTH,
    /** It declined to answer. */
    REFUSAL,
    /** The provider's filter cut in. */
    FILTER
  }
}
