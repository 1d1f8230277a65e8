package io.agentos.runtime.killswitch;

import io.agentos.api.KillSwitchId;
import io.agentos.api.TenantId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One order to stop.
 *
 * @param epoch its number in the installation: a later switch has a greater one
 * @param target the name of what is stopped; empty for the scopes global and tenant
 * @param releasedAt null while it is in force
 * @param drill whether it is acknowledged like any other and covers nothing
 * @param trigger the rule that engaged it by itself; null when a person did
 * @param restorePerMinute how many tasks come back each minute after the release; null for all at
 *     once
 */
public record KillSwitch(
    KillSwitchId id,
    TenantId tenant,
    long epoch,
    Scope scope,
    String target,
    String reason,
    String engagedBy,
    Instant engagedAt,
    @Nullable String releasedBy,
    @Nullable Instant releasedAt,
    boolean drill,
    @Nullable String trigger,
    @Nullable Integer restorePerMinute) {

  /** What kind of thing is stopped. */
  public enum Scope {
    GLOBAL,
    TENANT,
    PACK,
    AGENT,
    TOOL,
    PROVIDER,
    MODEL,
    TASK;

    /** The name in JSON and in the database. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of this name. */
    public static Scope of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether this order stops what reaches {@code reach}. A released one stops nothing. */
  public boolean covers(Reach reach) {
    if (releasedAt != null || drill) {
      return false;
    }
    if (scope == Scope.GLOBAL) {
      return true;
    }
    if (!tenant.equals(reach.tenant())) {
      return false;
    }
    return switch (scope) {
      case GLOBAL, TENANT -> true;
      case PACK -> reach.agent() != null && target.equals(reach.agent().pack());
      case AGENT -> reach.agent() != null && target.equals(reach.agent().toString());
      case TOOL -> target.equals(reach.tool());
      case PROVIDER -> target.equals(reach.provider());
      case MODEL -> target.equals(reach.model());
      case TASK ->
          target.equals(reach.task().toString())
              || reach.ancestors().stream().anyMatch(task -> target.equals(task.toString()));
    };
  }

  /** How it is told to people. */
  public String told() {
    String what = target.isEmpty() ? scope.text() : scope.text() + " " + target;
    return "Kill switch %s on %s: %s".formatted(id, what, reason);
  }
}
