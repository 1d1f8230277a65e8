package io.agentos.server.http;

import io.agentos.runtime.identity.Permission;

/** Who may call a route, and how it queues. */
sealed interface Access {
  /** Anybody; answered without queueing, whatever else is going on. */
  record Open() implements Access {}

  /** Whoever holds a key with this permission; queues with the others. */
  record Needs(Permission permission) implements Access {}

  /**
   * The same; queues apart, so that work that fills the server cannot keep it from being stopped.
   */
  record NeedsFirst(Permission permission) implements Access {}
}
