package io.agentos.server.http;

import io.agentos.runtime.identity.Permission;

/** Who may call a route, and how it queues. */
sealed interface Access {
  /** Anybody; answered without queueing, whatever else is going on. */
  record Open() implements Access {}

  /** Anybody, to say who they are; queues with the others, and never from another's page. */
  record SignsIn() implements Access {}

  /** Whoever holds a key or has a session, whatever it may do; queues with the others. */
  record Known() implements Access {}

  /** Whoever signs the body as the route's source asks; queues apart from those with keys. */
  record Signed() implements Access {}

  /** Whoever may do this; queues with the others. */
  record Needs(Permission permission) implements Access {}

  /**
   * The same; queues apart, so that work that fills the server cannot keep it from being stopped.
   */
  record NeedsFirst(Permission permission) implements Access {}
}
