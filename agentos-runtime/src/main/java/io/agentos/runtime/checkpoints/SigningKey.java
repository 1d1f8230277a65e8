package io.agentos.runtime.checkpoints;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 key of a node, which signs notes as in C2SP signed-note. It must never be in the
 * database.
 *
 * <p>Immutable; never shown. Thread-safe.
 */
public final class SigningKey {
  private static final int SEED_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final byte ED25519 = 1;

  private final PrivateKey secret;
  private final byte[] open;

  private SigningKey(PrivateKey secret, byte[] open) {
    this.secret = secret;
    this.open = open;
  }

  /** A new random key as the text that {@link #of} reads: 32 bytes in base64. */
  public static String random() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return Base64.getEncoder().encodeToString(seed);
  }

  /**
   * The key of this text.
   *
   * @throws AgentOsException ENVIRONMENT when it is not 32 bytes in base64
   */
  public static SigningKey of(String text) {
    try {
      byte[] seed = Base64.getDecoder().decode(text.strip());
      if (seed.length != SEED_BYTES) {
        throw unreadable();
      }
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      return new SigningKey(secret, Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey());
    } catch (IllegalArgumentException e) {
      throw unreadable();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /**
   * What others check this key's signatures under {@code name} with: {@code name+id+key}, as Go's
   * {@code note} package writes it.
   */
  String verifier(String name) {
    byte[] typed = ByteBuffer.allocate(1 + open.length).put(ED25519).put(open).array();
    return "%s+%s+%s"
        .formatted(
            name, HexFormat.of().formatHex(id(name)), Base64.getEncoder().encodeToString(typed));
  }

  /** The note of this text, which ends with a line's end, signed under {@code name}. */
  String sign(String name, String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] signed = signature.sign();
      byte[] line = ByteBuffer.allocate(ID_BYTES + signed.length).put(id(name)).put(signed).array();
      return "%s\n— %s %s\n".formatted(text, name, Base64.getEncoder().encodeToString(line));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** Whether this key made exactly this note: Ed25519 signs the same text to the same bytes. */
  boolean made(String name, String note) {
    int end = note.lastIndexOf("\n\n");
    return end > 0 && note.equals(sign(name, note.substring(0, end + 1)));
  }

  @Override
  public String toString() {
    return "checkpoint key";
  }

  private byte[] id(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(ED25519);
      return Arrays.copyOf(digest.digest(open), ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static AgentOsException unreadable() {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "The checkpoint key must be 32 bytes in base64, and is something else; 'openssl rand -base64 32' makes one.");
  }
}
