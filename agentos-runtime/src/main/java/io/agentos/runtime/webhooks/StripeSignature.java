package io.agentos.runtime.webhooks;

import io.agentos.runtime.json.Json;
import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Stripe: {@code Stripe-Signature: t=SECONDS,v1=HEX}, over {@code SECONDS.BODY}, with the bytes of
 * the secret's text as key. One t only: a second one would let the signed and the checked time
 * differ. The id is the event's own, which the body holds.
 */
final class StripeSignature {
  private static final int PARTS_MAX = 20;

  private StripeSignature() {}

  static Verification check(List<String> secrets, Inbound inbound, Instant now) {
    List<String> times = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (String part : inbound.header("Stripe-Signature").orElse("").split(",", PARTS_MAX)) {
      String text = part.strip();
      if (text.startsWith("t=")) {
        times.add(text.substring(2));
      } else if (text.startsWith("v1=")) {
        signatures.add(text.substring(3));
      }
    }
    Optional<Instant> at =
        times.size() == 1 ? Signatures.seconds(times.getFirst()) : Optional.empty();
    if (at.isEmpty() || signatures.isEmpty()) {
      return new Refused("headers");
    }
    List<byte[]> codes =
        SignatureCheck.codes(
            "HmacSHA256", secrets, Signatures.bytes(times.getFirst() + "."), inbound.body());
    if (!Signatures.anyMatches(codes, Signatures.decoded(signatures, "hex"))) {
      return new Refused("signature");
    }
    if (!Signatures.isInWindow(at.get(), now)) {
      return new Refused("time");
    }
    return id(inbound.body())
        .<Verification>map(id -> new Accepted(id, true))
        .orElseGet(() -> new Refused("id"));
  }

  private static Optional<String> id(byte[] body) {
    try {
      JsonNode id = Json.readTree(body).path("id");
      return id.isString() && Signatures.isId(id.stringValue())
          ? Optional.of(id.stringValue())
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
