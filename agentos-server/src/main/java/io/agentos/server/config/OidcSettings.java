package io.agentos.server.config;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The OpenID provider people sign in at.
 *
 * @param issuer as the provider names itself
 * @param scopes asked for besides {@code openid}
 * @param tenant where they come in, unless {@code tenantClaim} says so
 * @param tenantClaim the claim that names the tenant; empty for none
 * @param roleClaim the claim whose values are looked up in {@code roles}; empty for none
 * @param roles the role of a value
 * @param clockSkew how far the provider's clock may be off
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    Secret clientSecret,
    List<String> scopes,
    String tenant,
    String tenantClaim,
    String roleClaim,
    Map<String, Role> roles,
    Duration clockSkew) {
  public OidcSettings {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
    Keys.OIDC_CLOCK_SKEW.check(clockSkew);
    if (!"https".equalsIgnoreCase(issuer.getScheme()) && !isThisMachine(issuer.getHost())) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION,
          "oidc.issuer is '%s'; allowed is an https URL, for a token is only as good as the way to its keys."
              .formatted(issuer));
    }
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}
