package io.agentos.server.http;

import io.agentos.runtime.killswitch.KillSwitch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A kill switch as callers see it.
 *
 * @param target null for the scopes global and tenant
 * @param releasedAt null while it is in force
 */
record KillView(
    String id,
    String tenant,
    String scope,
    @Nullable String target,
    String reason,
    String engagedBy,
    Instant engagedAt,
    @Nullable String releasedBy,
    @Nullable Instant releasedAt) {

  static KillView of(KillSwitch killSwitch) {
    return new KillView(
        killSwitch.id().toString(),
        killSwitch.tenant().value(),
        killSwitch.scope().text(),
        killSwitch.target().isEmpty() ? null : killSwitch.target(),
        killSwitch.reason(),
        killSwitch.engagedBy(),
        killSwitch.engagedAt(),
        killSwitch.releasedBy(),
        killSwitch.releasedAt());
  }
}
