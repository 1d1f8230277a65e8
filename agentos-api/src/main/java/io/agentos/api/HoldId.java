package io.agentos.api;

import java.util.UUID;

/** The id of a legal hold, written {@code hld_…}. */
public record HoldId(UUID value) {
  private static final String PREFIX = "hld";

  /** A new id, later than all before it. */
  public static HoldId next() {
    return new HoldId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static HoldId parse(String text) {
    return new HoldId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
