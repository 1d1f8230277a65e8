package io.agentos.runtime.durable;

import org.jspecify.annotations.Nullable;

/**
 * What a person or a probe says became of an effect whose end nobody knows; sent to its task as a
 * signal.
 *
 * @param value what the effect gave, as JSON of the step's type; null when it did not happen
 */
public record Reconciliation(boolean happened, @Nullable Object value) {

  /** The name of the signal that reconciles an attempt of a step. */
  public static String signal(int position, int attempt) {
    return "reconcile-%d-%d".formatted(position, attempt);
  }
}
