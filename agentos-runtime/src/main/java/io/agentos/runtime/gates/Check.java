package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;

/**
 * One kind of check with its options.
 *
 * <p>Thread-safe, without effects, in time that grows with the size of what it looks at and no
 * faster. What it says never quotes what it found: that may be a secret.
 */
interface Check {
  /** Looks at a checkpoint where its document puts it; passes what it has no opinion on. */
  GateResult check(Checkpoint checkpoint, Consequence consequence);
}
