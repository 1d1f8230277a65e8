package io.agentos.runtime.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The key that wraps all other keys; it lives outside the database. Where a key management service
 * holds it, {@code aead} calls that service.
 *
 * <p>Immutable; never shown.
 */
public final class MasterKey {
  private static final int BYTES = 32;
  static final AesGcmParameters AES_256 = parameters();

  private final Aead aead;

  /** A master key that somebody else holds. */
  public MasterKey(Aead aead) {
    this.aead = aead;
  }

  /** A new random key as the text that {@link #of} reads: 32 bytes in base64. */
  public static String random() {
    byte[] bytes = SecretBytes.randomBytes(BYTES).toByteArray(InsecureSecretKeyAccess.get());
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The key of this text.
   *
   * @throws AgentOsException ENVIRONMENT when it is not 32 bytes in base64
   */
  @AccessesPartialKey
  public static MasterKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
    if (bytes.length != BYTES) {
      throw unreadable();
    }
    try {
      AesGcmKey key =
          AesGcmKey.builder()
              .setParameters(AES_256)
              .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
              .build();
      return new MasterKey(AesGcmJce.create(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  Aead aead() {
    return aead;
  }

  @Override
  public String toString() {
    return "master key";
  }

  private static AgentOsException unreadable() {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "The master key must be 32 bytes in base64, and is something else; 'openssl rand -base64 32' makes one.");
  }

  private static AesGcmParameters parameters() {
    try {
      return AesGcmParameters.builder()
          .setKeySizeBytes(BYTES)
          .setIvSizeBytes(12)
          .setTagSizeBytes(16)
          .setVariant(AesGcmParameters.Variant.NO_PREFIX)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is a valid choice", e);
    }
  }
}
