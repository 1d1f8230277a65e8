package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.sessions.Sessions;

/** Who holds a key or a session, asked anew each time. Thread-safe. */
record Credentials(Identity identity, Sessions sessions) {
  static Credentials of(HttpServices services) {
    return new Credentials(services.identity(), services.people().sessions());
  }

  /** Whether a text is the credential of a session. */
  static boolean isSession(String secret) {
    return secret.startsWith(Sessions.PREFIX + "_");
  }

  /**
   * The holder of a credential.
   *
   * @param first on connections kept for orders to stop
   * @throws AgentOsException UNAUTHENTICATED
   */
  Principal holder(String secret, boolean first) {
    if (isSession(secret)) {
      return sessions.find(secret, first).principal();
    }
    return first ? identity.authenticateFirst(secret) : identity.authenticate(secret);
  }
}
