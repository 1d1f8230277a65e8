package io.agentos.server.http;

import io.agentos.api.KeyId;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a route, by somebody who may make it.
 *
 * @param route the method and the path, such as {@code POST /v1/tasks/task_…/cancel}
 * @param id the part of the path in place of {@code {id}}; empty where the route has none
 * @param headers the first value of a header by its name; null when it is not there
 */
record Call(
    Caller caller,
    String route,
    String id,
    String query,
    Function<String, @Nullable String> headers,
    Body body) {

  /**
   * Who calls.
   *
   * @param secret the key or the session's credential, to look again whether it still holds
   * @param address where the call comes from
   */
  record Caller(Principal principal, String secret, String address) {
    /** A caller whose address nobody asks for. */
    Caller(Principal principal, String secret) {
      this(principal, secret, "");
    }

    /** The caller of a route that is open to anybody. */
    static final Caller NOBODY =
        new Caller(
            new Principal(TenantId.DEFAULT, new KeyId(new UUID(0, 0)), "nobody", Role.VIEWER), "");

    /** Hides the key. */
    @Override
    public String toString() {
      return principal.id();
    }
  }

  Principal principal() {
    return caller.principal();
  }

  TenantId tenant() {
    return caller.principal().tenant();
  }

  /** A header, when it is there. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  /** The parameters of the query, of which only {@code known} may be there. */
  QueryParameters parameters(String... known) {
    return QueryParameters.of(query, known);
  }
}
