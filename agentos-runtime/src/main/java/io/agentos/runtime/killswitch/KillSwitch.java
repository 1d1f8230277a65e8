package io.agentos.runtime.killswitch;

import io.agentos.api.KillSwitchId;
import io.agentos.api.TenantId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One order to stop.
 *
 * @param target the name of what is stopped; empty for the scopes global and tenant
 * @param releasedAt null while it is in force
 */
public record KillSwitch(
    KillSwitchId id,
    TenantId tenant,
    Scope scope,
    String target,
    String reason,
    String engagedBy,
    Instant engagedAt,
    @Nullable String releasedBy,
    @Nullable Instant releasedAt) {

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
    if (releasedAt != null) {
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
      case TASK -> target.equals(reach.task().toString());
    };
  }

  /** How it is told to people. */
  public String told() {
    String what = target.isEmpty() ? scope.text() : scope.text() + " " + target;
    return "Kill switch %s on %s: %s".formatted(id, what, reason);
  }
}
