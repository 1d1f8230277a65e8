package io.agentos.runtime.identity;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KeyId;
import io.agentos.api.TenantId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param agent the agent whose own key it is; null for a person's or a program's
 */
public record Principal(
    TenantId tenant, KeyId key, String name, Role role, @Nullable AgentId agent) {

  /** A principal that is no agent. */
  public Principal(TenantId tenant, KeyId key, String name, Role role) {
    this(tenant, key, name, role, null);
  }

  /** The name in records, such as {@code key:key_01h…} or {@code agent:shop.clerk/key_01h…}. */
  public String id() {
    return agent == null ? "key:" + key : "agent:%s/%s".formatted(agent, key);
  }

  /** Whether it may do this: its role includes it, and it is not kept from agents. */
  public boolean may(Permission permission) {
    return role.may(permission) && (agent == null || !permission.isForPeople());
  }

  /** Stops a request its role does not include, or that agents may not make. */
  public void must(Permission permission) {
    if (may(permission)) {
      return;
    }
    String what = permission.name().toLowerCase(Locale.ROOT);
    if (!role.may(permission)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Role '%s' may not do this; a key with a role that includes '%s' is needed."
              .formatted(role.text(), what));
    }
    throw new AgentOsException(
        ErrorCode.FORBIDDEN,
        "This is the key of agent %s, and agents never hold '%s', whatever their role; a person's key is needed."
            .formatted(agent, what));
  }
}
