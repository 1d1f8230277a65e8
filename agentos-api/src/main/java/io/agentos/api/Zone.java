package io.agentos.api;

/** How far a tool or an agent may act by itself. Ordered: a later zone needs more. */
public enum Zone {
  /** Acts alone. */
  GREEN,
  /** Passes policy and quota first. */
  YELLOW,
  /** Needs a person, each time. */
  RED
}
