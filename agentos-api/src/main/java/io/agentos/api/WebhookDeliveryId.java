package io.agentos.api;

import java.util.UUID;

/** The id of what one endpoint is told of one event, written {@code whd_…}. */
public record WebhookDeliveryId(UUID value) {
  private static final String PREFIX = "whd";

  /** A new id, later than all before it. */
  public static WebhookDeliveryId next() {
    return new WebhookDeliveryId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static WebhookDeliveryId parse(String text) {
    return new WebhookDeliveryId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
