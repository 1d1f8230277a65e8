package io.agentos.api;

import java.util.UUID;

/** The id of a user, written {@code usr_…}. */
public record UserId(UUID value) {
  private static final String PREFIX = "usr";

  /** A new id, later than all before it. */
  public static UserId next() {
    return new UserId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static UserId parse(String text) {
    return new UserId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
