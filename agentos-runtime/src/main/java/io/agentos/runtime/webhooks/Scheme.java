package io.agentos.runtime.webhooks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a sender signs its deliveries. */
public enum Scheme {
  /** Standard Webhooks 1.0: id, timestamp and body are signed. */
  STANDARD,
  /** Stripe: timestamp and body are signed, the id stands in the body. */
  STRIPE,
  /** GitHub: the body is signed, and nothing else. */
  GITHUB,
  /** Twilio: the URL and the form's fields, or the body's digest, are signed. */
  TWILIO,
  /** An HMAC of the body, or of a timestamp and the body, in a header of the sender's choice. */
  HMAC;

  /** The words of all schemes. */
  public static final List<String> WORDS = Arrays.stream(values()).map(Scheme::text).toList();

  /** As it is written in requests and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scheme of a word that {@link #text} gave. */
  public static Scheme of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
