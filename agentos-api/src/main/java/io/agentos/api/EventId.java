package io.agentos.api;

import java.util.UUID;

/** The id of an event as webhooks tell it, written {@code evt_…}. */
public record EventId(UUID value) {
  private static final String PREFIX = "evt";

  /** A new id, later than all before it. */
  public static EventId next() {
    return new EventId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static EventId parse(String text) {
    return new EventId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
