package io.agentos.api;

import java.util.UUID;

/** The id of an API key, written {@code key_…}. */
public record KeyId(UUID value) {
  private static final String PREFIX = "key";

  /** A new id, later than all before it. */
  public static KeyId next() {
    return new KeyId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static KeyId parse(String text) {
    return new KeyId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
