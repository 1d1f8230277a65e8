package io.agentos.api;

/**
 * A model's whole answer.
 *
 * @param provider the provider that answered, such as {@code openai}
 * @param model the model that answered, as the provider names it
 * @param usage what the provider says was used, with modelCalls 1; costUsdMicros is left 0 by
 *     providers and filled in by the model router
 */
public record Completion(
    Message.Assistant message, StopReason stopReason, Usage usage, String provider, String model) {

  /** Why the model stopped. */
  public enum StopReason {
    /** It had said all. */
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
