package io.agentos.server.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TenantId;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.KillSwitches.Acknowledgement;
import io.agentos.runtime.killswitch.KillSwitches.Held;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits for the nodes to say that they have taken an order to stop. Thread-safe. */
final class KillAcknowledgements {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LOOK_NANOS_FIRST = Duration.ofMillis(5).toNanos();
  private static final long LOOK_NANOS_MAX = Duration.ofMillis(100).toNanos();

  private final KillSwitches killSwitches;

  KillAcknowledgements(KillSwitches killSwitches) {
    this.killSwitches = killSwitches;
  }

  /** One node's word. */
  record Node(String node, int stopped, long epoch, long latencyMs) {
    static Node of(Acknowledgement acknowledgement) {
      return new Node(
          acknowledgement.node().toString(),
          acknowledgement.stopped(),
          acknowledgement.epoch(),
          acknowledgement.latencyMillis());
    }
  }

  /**
   * A kill switch and who has taken it.
   *
   * @param liveNodes how many nodes owe a word; those that have not given it by now are missing
   */
  record Acknowledged(
      @JsonUnwrapped KillView killSwitch, int liveNodes, List<Node> acknowledgements) {}

  /** A kill switch, once all live nodes have taken it or {@link #PATIENCE} is over. */
  Acknowledged of(TenantId tenant, KillSwitchId id) {
    int liveNodes = killSwitches.liveNodes();
    long until = System.nanoTime() + PATIENCE.toNanos();
    long pause = LOOK_NANOS_FIRST;
    List<Acknowledgement> given = killSwitches.acknowledgements(tenant, id);
    while (given.size() < liveNodes && System.nanoTime() < until) {
      LockSupport.parkNanos(pause);
      pause = Math.min(LOOK_NANOS_MAX, pause * 2);
      given = killSwitches.acknowledgements(tenant, id);
    }
    return new Acknowledged(
        KillView.of(
            killSwitches.one(tenant, id),
            killSwitches.held(tenant, List.of(id)).getOrDefault(id, Held.NONE)),
        liveNodes,
        given.stream().map(Node::of).toList());
  }
}
