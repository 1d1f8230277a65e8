package io.agentos.api;

/**
 * What was used: tokens, money, calls.
 *
 * @param inputTokens tokens of prompts, cached ones included
 * @param outputTokens tokens of answers, reasoning included
 * @param cachedTokens the part of the input tokens that was read from a cache
 * @param reasoningTokens the part of the output tokens that was reasoning
 * @param costUsdMicros money in millionths of a US dollar
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long cachedTokens,
    long reasoningTokens,
    long costUsdMicros,
    int modelCalls,
    int toolCalls) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0);

  /** One call of a tool. */
  public static final Usage ONE_TOOL_CALL = new Usage(0, 0, 0, 0, 0, 0, 1);

  public Usage {
    if (inputTokens < 0
        || outputTokens < 0
        || cachedTokens < 0
        || reasoningTokens < 0
        || costUsdMicros < 0
        || modelCalls < 0
        || toolCalls < 0) {
      throw new IllegalArgumentException("usage is never negative");
    }
  }

  /** The sum of both. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cachedTokens + other.cachedTokens,
        reasoningTokens + other.reasoningTokens,
        costUsdMicros + other.costUsdMicros,
        modelCalls + other.modelCalls,
        toolCalls + other.toolCalls);
  }
}
