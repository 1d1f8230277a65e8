package io.agentos.runtime.budgets;

import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants to reserve.
 *
 * @param key the step that makes the call; for a call outside of a task, anything that no other
 *     call has
 * @param attempt counted from 1; task, position and attempt are the name of the reservation
 * @param amount the most the call can cost, in micros, 0 or more
 * @param minimum the most it can cost when it is cut as short as it bears, 0 to {@code amount}
 * @param lease for a call outside of a task: after how long it is taken to be dead; null when the
 *     task's own owner holds it
 */
record Want(
    StepKey key,
    int attempt,
    Spender spender,
    long amount,
    long minimum,
    @Nullable Duration lease) {
  Want {
    if (minimum < 0 || amount < minimum || attempt < 1) {
      throw new IllegalArgumentException(
          "a call wants 0 to %d micros and at least %d, in attempt %d"
              .formatted(amount, minimum, attempt));
    }
  }

  /** The name of a reservation. */
  record Name(TaskId task, int position, int attempt) {}

  Name name() {
    return new Name(key.task(), key.position(), attempt);
  }
}
