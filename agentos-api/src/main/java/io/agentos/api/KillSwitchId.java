package io.agentos.api;

import java.util.UUID;

/** The id of a kill switch, written {@code ksw_…}. */
public record KillSwitchId(UUID value) {
  private static final String PREFIX = "ksw";

  /** A new id, later than all before it. */
  public static KillSwitchId next() {
    return new KillSwitchId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static KillSwitchId parse(String text) {
    return new KillSwitchId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
