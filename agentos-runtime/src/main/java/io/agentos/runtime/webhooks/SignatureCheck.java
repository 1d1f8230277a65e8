package io.agentos.runtime.webhooks;

import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the raw bytes of a delivery before anything of them is parsed. The age of a delivery is
 * looked at after its signature, so that nobody learns our clock.
 */
final class SignatureCheck {
  private static final String SHA256 = "HmacSHA256";

  private SignatureCheck() {}

  /**
   * Whether the sender that shares one of {@code secrets} made this delivery, just now where its
   * scheme says when.
   *
   * @param secrets as texts, at most four
   */
  static Verification check(
      Scheme scheme, SourceSettings settings, List<String> secrets, Inbound inbound, Instant now) {
    List<String> tried = secrets.subList(0, Math.min(Signatures.KEYS_MAX, secrets.size()));
    return switch (scheme) {
      case STANDARD -> StandardSignature.check(tried, inbound, now);
      case STRIPE -> StripeSignature.check(tried, inbound, now);
      case GITHUB -> github(tried, inbound);
      case TWILIO -> TwilioSignature.check(settings.url(), tried, inbound);
      case HMAC -> hmac(settings, tried, inbound, now);
    };
  }

  /**
   * Only the body is signed: X-GitHub-Delivery could be another one on a copy. So the body's digest
   * is the id.
   */
  private static Verification github(List<String> secrets, Inbound inbound) {
    Optional<String> header = inbound.header("X-Hub-Signature-256");
    if (header.isEmpty() || !header.get().startsWith("sha256=")) {
      return new Refused("headers");
    }
    List<byte[]> signatures =
        Signatures.decoded(List.of(header.get().substring("sha256=".length())), "hex");
    return Signatures.anyMatches(codes(SHA256, secrets, inbound.body()), signatures)
        ? new Accepted(Signatures.digest(inbound.body()), false)
        : new Refused("signature");
  }

  private static Verification hmac(
      SourceSettings settings, List<String> secrets, Inbound inbound, Instant now) {
    String encoding = settings.encoding() == null ? "hex" : settings.encoding();
    String name = settings.signatureHeader() == null ? "X-Signature" : settings.signatureHeader();
    Optional<String> header = inbound.header(name);
    if (header.isEmpty()) {
      return new Refused("headers");
    }
    String prefix = (settings.algorithm() == null ? "sha256" : settings.algorithm()) + "=";
    String text = header.get();
    List<byte[]> signatures =
        Signatures.decoded(
            List.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text), encoding);
    if (settings.timestampHeader() == null) {
      return Signatures.anyMatches(codes(settings.mac(), secrets, inbound.body()), signatures)
          ? new Accepted(Signatures.digest(inbound.body()), false)
          : new Refused("signature");
    }
    String seconds = inbound.header(settings.timestampHeader()).orElse("");
    Optional<Instant> at = Signatures.seconds(seconds);
    if (at.isEmpty()) {
      return new Refused("headers");
    }
    byte[] signed = signed(Signatures.bytes(seconds + "."), inbound.body());
    if (!Signatures.anyMatches(codes(settings.mac(), secrets, signed), signatures)) {
      return new Refused("signature");
    }
    return Signatures.isInWindow(at.get(), now)
        ? new Accepted(Signatures.digest(signed), true)
        : new Refused("time");
  }

  /** One code for each secret, whose bytes are those of its text. */
  static List<byte[]> codes(String algorithm, List<String> secrets, byte[]... parts) {
    return secrets.stream()
        .map(secret -> Signatures.mac(algorithm, Signatures.bytes(secret), parts))
        .toList();
  }

  /** Parts put together. */
  static byte[] signed(byte[]... parts) {
    byte[] whole = new byte[Stream.of(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
