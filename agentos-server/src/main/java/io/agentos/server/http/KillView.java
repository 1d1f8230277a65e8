package io.agentos.server.http;

import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches.Held;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A kill switch as callers see it.
 *
 * @param target null for the scopes global and tenant
 * @param releasedAt null while it is in force
 * @param trigger the rule that engaged it by itself; null when a person did
 * @param held tasks of the tenant it keeps from running, or that have not come back yet
 * @param heldUntil when the last of them comes back; null where that is not planned
 */
record KillView(
    String id,
    String tenant,
    long epoch,
    String scope,
    @Nullable String target,
    String reason,
    String engagedBy,
    Instant engagedAt,
    @Nullable String releasedBy,
    @Nullable Instant releasedAt,
    boolean drill,
    @Nullable String trigger,
    @Nullable Integer restorePerMinute,
    long held,
    @Nullable Instant heldUntil) {

  static KillView of(KillSwitch killSwitch) {
    return of(killSwitch, Held.NONE);
  }

  static KillView of(KillSwitch killSwitch, Held held) {
    return new KillView(
        killSwitch.id().toString(),
        killSwitch.tenant().value(),
        killSwitch.epoch(),
        killSwitch.scope().text(),
        killSwitch.target().isEmpty() ? null : killSwitch.target(),
        killSwitch.reason(),
        killSwitch.engagedBy(),
        killSwitch.engagedAt(),
        killSwitch.releasedBy(),
        killSwitch.releasedAt(),
        killSwitch.drill(),
        killSwitch.trigger(),
        killSwitch.restorePerMinute(),
        held.tasks(),
        held.until());
  }
}
