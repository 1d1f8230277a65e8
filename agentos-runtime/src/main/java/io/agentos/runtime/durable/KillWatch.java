package io.agentos.runtime.durable;

import io.agentos.api.KillSwitchId;
import io.agentos.runtime.killswitch.KillKeeper;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a node obey: from the moment it knows of a switch nothing covered begins, then what is
 * under way is interrupted, then the node says so. It waits for none of the tasks it stops.
 *
 * <p>Not thread-safe: one thread listens and obeys.
 */
final class KillWatch {
  private static final System.Logger LOG = System.getLogger(KillWatch.class.getName());

  private final Database database;
  private final NodeIdentity node;
  private final Halt halt;
  private final KillKeeper keeper;
  private final Set<KillSwitchId> acknowledged = new HashSet<>();
  private UUID acknowledgedAs;

  KillWatch(Database database, NodeIdentity node, Halt halt, KillKeeper keeper) {
    this.database = database;
    this.node = node;
    this.halt = halt;
    this.keeper = keeper;
    this.acknowledgedAs = node.id();
  }

  /** Interrupts what kill switches cover, and says so in the database. */
  void obey(Collection<RunControl> running) {
    UUID self = node.id();
    if (!self.equals(acknowledgedAs)) {
      acknowledged.clear();
      acknowledgedAs = self;
    }
    List<KillSwitch> active = database.inControlOfAll(KillSwitches::active);
    halt.standing(active);
    boolean released = acknowledged.retainAll(active.stream().map(KillSwitch::id).toList());
    List<KillSwitch> fresh =
        active.stream().filter(each -> !acknowledged.contains(each.id())).toList();
    if (!fresh.isEmpty()) {
      acknowledge(fresh, stop(fresh, running), self);
    }
    if (released || !fresh.isEmpty()) {
      keeper.wake();
    }
  }

  private static List<Integer> stop(List<KillSwitch> fresh, Collection<RunControl> running) {
    List<Integer> stopped = new ArrayList<>(fresh.size());
    for (KillSwitch killSwitch : fresh) {
      long count = running.stream().filter(control -> control.killIf(killSwitch)).count();
      stopped.add(Math.toIntExact(count));
    }
    return stopped;
  }

  private void acknowledge(List<KillSwitch> fresh, List<Integer> stopped, UUID self) {
    database.inControlOfAll(tx -> {
      for (int i = 0; i < fresh.size(); i++) {
        KillSwitches.acknowledge(tx, fresh.get(i), self, stopped.get(i));
      }
      return true;
    });
    for (int i = 0; i < fresh.size(); i++) {
      acknowledged.add(fresh.get(i).id());
      LOG.log(
          fresh.get(i).drill() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
          "kill switch taken kill={0} epoch={1} stopped={2}",
          fresh.get(i).id(),
          fresh.get(i).epoch(),
          stopped.get(i));
    }
  }
}
