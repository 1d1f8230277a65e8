package io.agentos.runtime.webhooks;

import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Standard Webhooks 1.0: {@code id.timestamp.body} is signed. Secrets are {@code whsec_} and base64
 * for v1 (HMAC-SHA256), {@code whpk_} and base64 of a public key for v1a (Ed25519).
 */
final class StandardSignature {
  static final String SECRET = "whsec_";
  static final String PUBLIC_KEY = "whpk_";
  private static final String V1 = "v1,";
  private static final String V1A = "v1a,";
  private static final String SHA256 = "HmacSHA256";

  /** What stands before the 32 bytes of a key of Ed25519, RFC 8410. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_BYTES = 32;
  private static final int KEY_BYTES_MIN = 16;
  private static final int KEY_BYTES_MAX = 128;

  private StandardSignature() {}

  static Verification check(List<String> secrets, Inbound inbound, Instant now) {
    String id = inbound.header("webhook-id").orElse("");
    String seconds = inbound.header("webhook-timestamp").orElse("");
    Optional<Instant> at = Signatures.seconds(seconds);
    Optional<String> header = inbound.header("webhook-signature");
    if (!Signatures.isId(id) || at.isEmpty() || header.isEmpty()) {
      return new Refused("headers");
    }
    byte[] before = Signatures.bytes(id + "." + seconds + ".");
    List<String> signatures = List.of(header.get().split(" ", Signatures.SIGNATURES_MAX + 1));
    if (!verified(secrets, signatures, before, inbound.body())) {
      return new Refused("signature");
    }
    return Signatures.isInWindow(at.get(), now) ? new Accepted(id, true) : new Refused("time");
  }

  /** The header value that signs a message with each of the secrets. */
  static String sign(List<String> secrets, String id, Instant at, byte[] body) {
    byte[] before = Signatures.bytes(id + "." + at.getEpochSecond() + ".");
    List<String> signatures = new ArrayList<>();
    for (String secret : secrets) {
      byte[] code = Signatures.mac(SHA256, keyOf(secret).orElseThrow(), before, body);
      signatures.add(V1 + Base64.getEncoder().encodeToString(code));
    }
    return String.join(" ", signatures);
  }

  /** Whether a text is a secret or a public key of this scheme. */
  static boolean isSecret(String text) {
    return keyOf(text).isPresent() || publicKeyOf(text).isPresent();
  }

  private static boolean verified(
      List<String> secrets, List<String> signatures, byte[] before, byte[] body) {
    List<byte[]> codes = new ArrayList<>();
    boolean byPublicKey = false;
    for (String secret : secrets) {
      keyOf(secret).ifPresent(key -> codes.add(Signatures.mac(SHA256, key, before, body)));
      Optional<PublicKey> publicKey = publicKeyOf(secret);
      if (publicKey.isPresent()) {
        byte[] message = SignatureCheck.signed(before, body);
        for (byte[] signature : ofKind(signatures, V1A)) {
          byPublicKey |= isBy(publicKey.get(), message, signature);
        }
      }
    }
    boolean byCode = Signatures.anyMatches(codes, ofKind(signatures, V1));
    return byPublicKey || byCode;
  }

  private static List<byte[]> ofKind(List<String> signatures, String kind) {
    return Signatures.decoded(
        signatures.stream()
            .limit(Signatures.SIGNATURES_MAX)
            .filter(text -> text.startsWith(kind))
            .map(text -> text.substring(kind.length()))
            .toList(),
        "base64");
  }

  private static Optional<byte[]> keyOf(String secret) {
    return decoded(secret, SECRET)
        .filter(key -> key.length >= KEY_BYTES_MIN && key.length <= KEY_BYTES_MAX);
  }

  private static Optional<PublicKey> publicKeyOf(String secret) {
    Optional<byte[]> key = decoded(secret, PUBLIC_KEY).filter(k -> k.length == ED25519_BYTES);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(SignatureCheck.signed(ED25519, key.get()))));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean isBy(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<byte[]> decoded(String text, String prefix) {
    if (!text.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text.substring(prefix.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether two texts are the same, in a time that depends on their lengths only. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(Signatures.bytes(one), Signatures.bytes(other));
  }
}
