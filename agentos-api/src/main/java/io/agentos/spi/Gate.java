package io.agentos.spi;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;

/**
 * A check that a task must pass before it goes on.
 *
 * <p>Thread-safe and without effects: it may be asked twice about the same checkpoint. A gate that
 * throws, or takes longer than the bound of the gates, counts as {@link GateResult.Block}.
 */
public interface Gate {

  /** Its name in records, such as {@code secrets}. */
  String id();

  /** Looks at a checkpoint. Must pass those it has no opinion on. */
  GateResult check(Checkpoint checkpoint);
}
