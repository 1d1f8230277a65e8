package io.agentos.runtime.definitions;

import io.agentos.api.Effort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an agent's model is to answer.
 *
 * @param effort null leaves it to the model
 * @param temperature null leaves it to the model
 * @param promptCache whether providers are asked to keep the prompt for the next turn
 * @param responseCache how long an answer serves the same question of the same tenant again; null
 *     for never
 */
public record Generation(
    @Nullable Effort effort,
    @Nullable Double temperature,
    boolean promptCache,
    @Nullable Duration responseCache) {
  public static final Generation DEFAULT = new Generation(null, null, true, null);
}
