package io.agentos.runtime.durable;

import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.Reach;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What keeps all effects of this node from beginning: the kill switches it knows of, and that it
 * has not been heard of for as long as its lease. An effect asks it on its threshold, after its
 * intent is durable: whatever is told here before the threshold holds.
 *
 * <p>Thread-safe.
 */
final class Halt {
  private final BooleanSupplier fenced;
  private volatile List<KillSwitch> standing = List.of();

  Halt(BooleanSupplier fenced) {
    this.fenced = fenced;
  }

  /** Says which kill switches are in force now. */
  void standing(List<KillSwitch> switches) {
    standing = List.copyOf(switches);
  }

  /** The kill switch that keeps an effect from beginning. */
  Optional<KillSwitch> covering(Reach reach) {
    return KillSwitches.covering(standing, reach);
  }

  /** Whether other nodes may by now act for this one. */
  boolean fenced() {
    return fenced.getAsBoolean();
  }
}
