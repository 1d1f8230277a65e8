package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.Reach;

/**
 * Refuses new work that a kill switch covers, as far as the request says what it is; the engine
 * holds up the rest. Thread-safe.
 */
final class KillCheck {
  private final KillSwitches killSwitches;

  KillCheck(KillSwitches killSwitches) {
    this.killSwitches = killSwitches;
  }

  /**
   * Looks at the switches in force.
   *
   * @throws AgentOsException KILLED, with the reason that was given for the switch
   */
  void mustBeFree(Request request) {
    killSwitches.standing(request.tenant()).stream()
        .filter(killSwitch -> covers(killSwitch, request))
        .findFirst()
        .ifPresent(killSwitch -> {
          throw new AgentOsException(ErrorCode.KILLED, killSwitch.told());
        });
  }

  private static boolean covers(KillSwitch killSwitch, Request request) {
    String pack = request.target().pack();
    String agent = request.target().agent();
    TaskId parent = request.parent();
    if (parent != null && killSwitch.covers(Reach.ofTask(request.tenant(), parent))) {
      return true;
    }
    if (agent != null) {
      return killSwitch.covers(Reach.of(request).ofAgent(AgentId.parse(agent)));
    }
    boolean ofPack =
        killSwitch.scope() == KillSwitch.Scope.PACK
            && killSwitch.tenant().equals(request.tenant())
            && killSwitch.target().equals(pack);
    return ofPack || killSwitch.covers(Reach.of(request));
  }
}
