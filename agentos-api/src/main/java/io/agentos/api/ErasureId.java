package io.agentos.api;

import java.util.UUID;

/** The id of an erasure, written {@code era_…}. */
public record ErasureId(UUID value) {
  private static final String PREFIX = "era";

  /** A new id, later than all before it. */
  public static ErasureId next() {
    return new ErasureId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static ErasureId parse(String text) {
    return new ErasureId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
