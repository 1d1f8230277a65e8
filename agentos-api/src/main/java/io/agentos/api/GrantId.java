package io.agentos.api;

import java.util.UUID;

/** The id of a standing grant, written {@code grt_…}. */
public record GrantId(UUID value) {
  private static final String PREFIX = "grt";

  /** A new id, later than all before it. */
  public static GrantId next() {
    return new GrantId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static GrantId parse(String text) {
    return new GrantId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
