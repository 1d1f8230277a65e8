package io.agentos.server.http;

import io.agentos.runtime.identity.Role;
import io.agentos.server.oidc.OidcProvider;
import java.util.List;
import java.util.Map;

/**
 * Where people sign in besides here, and what is made of what is said there. Thread-safe.
 *
 * @param tenant where they come in, unless {@code tenantClaim} says so
 * @param tenantClaim the claim that names the tenant; empty for none
 * @param roleClaim the claim that is looked up in {@code roles}; empty for none
 * @param roles the role for a value of that claim; who has none comes in only where it is a user
 */
public record Oidc(
    OidcProvider provider,
    String tenant,
    String tenantClaim,
    String roleClaim,
    Map<String, Role> roles) {
  public Oidc {
    roles = Map.copyOf(roles);
  }

  /** The tenant of somebody; empty where the claim that names it does not. */
  String tenant(Map<String, List<String>> claims) {
    if (tenantClaim.isEmpty()) {
      return tenant;
    }
    List<String> named = claims.getOrDefault(tenantClaim, List.of());
    return named.size() == 1 ? named.getFirst() : "";
  }
}
