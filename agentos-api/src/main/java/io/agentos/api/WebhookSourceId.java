package io.agentos.api;

import java.util.UUID;

/** The id of an inbound webhook's source, written {@code whs_…}. */
public record WebhookSourceId(UUID value) {
  private static final String PREFIX = "whs";

  /** A new id, later than all before it. */
  public static WebhookSourceId next() {
    return new WebhookSourceId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static WebhookSourceId parse(String text) {
    return new WebhookSourceId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
