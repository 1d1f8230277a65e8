package io.agentos.api;

import java.util.UUID;

/** The id of an outbound webhook's endpoint, written {@code whe_…}. */
public record WebhookEndpointId(UUID value) {
  private static final String PREFIX = "whe";

  /** A new id, later than all before it. */
  public static WebhookEndpointId next() {
    return new WebhookEndpointId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static WebhookEndpointId parse(String text) {
    return new WebhookEndpointId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
