package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KeyId;
import io.agentos.api.TenantId;

/** Who makes a request. */
public record Principal(TenantId tenant, KeyId key, String name, Role role) {

  /** The name in records, such as {@code key:key_01h…}. */
  public String id() {
    return "key:" + key;
  }

  /** Stops a request its role does not include. */
  public void must(Permission permission) {
    if (!role.may(permission)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Role '%s' may not do this; a key with a role that includes '%s' is needed."
              .formatted(role.text(), permission.name().toLowerCase(java.util.Locale.ROOT)));
    }
  }
}
