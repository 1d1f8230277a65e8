package io.agentos.runtime.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.AesSiv;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * An unwrapped key: 64 random bytes, half of them to seal with and half to make digests with.
 *
 * <p>Thread-safe; never shown.
 */
final class KeyMaterial {
  static final int BYTES = 64;
  private static final int HALF = BYTES / 2;
  private static final byte[] NO_SALT = new byte[0];

  private final Aead aead;
  private final byte[] digestKey;
  private volatile @Nullable DeterministicAead same;

  KeyMaterial(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a key has %d bytes, not %d".formatted(BYTES, bytes.length));
    }
    this.aead = aead(bytes);
    this.digestKey = Arrays.copyOfRange(bytes, HALF, BYTES);
  }

  /** New random bytes of a key. */
  static byte[] random() {
    return Random.randBytes(BYTES);
  }

  Aead aead() {
    return aead;
  }

  /** Seals the same text at the same place to the same bytes. */
  DeterministicAead same() throws GeneralSecurityException {
    DeterministicAead known = same;
    if (known == null) {
      byte[] info = "agentos same".getBytes(StandardCharsets.UTF_8);
      known = new AesSiv(Hkdf.computeHkdf("HMACSHA256", digestKey, NO_SALT, info, BYTES));
      same = known;
    }
    return known;
  }

  /** HMAC-SHA-256. */
  byte[] digest(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(digestKey, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  @AccessesPartialKey
  private static Aead aead(byte[] bytes) {
    try {
      return AesGcmJce.create(
          AesGcmKey.builder()
              .setParameters(MasterKey.AES_256)
              .setKeyBytes(
                  SecretBytes.copyFrom(Arrays.copyOf(bytes, HALF), InsecureSecretKeyAccess.get()))
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  @Override
  public String toString() {
    return "key";
  }
}
