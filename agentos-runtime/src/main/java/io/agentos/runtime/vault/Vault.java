package io.agentos.runtime.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals single values, such as a webhook's secret: each under a data key of its own, wrapped by the
 * master key, and bound to its tenant and place, so that a sealed value moved elsewhere does not
 * open.
 *
 * <p>Thread-safe.
 */
public final class Vault {
  private final Aead envelope;

  public Vault(MasterKey master) {
    try {
      this.envelope = KmsEnvelopeAead.create(MasterKey.AES_256, master.aead());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is a valid choice", e);
    }
  }

  /**
   * Seals a value.
   *
   * @param place what it belongs to, such as {@code webhook:whe_01h…}; needed again to open it
   */
  public byte[] seal(TenantId tenant, String place, byte[] plain) {
    try {
      return envelope.encrypt(plain, context(tenant, place));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL, "A value of %s could not be sealed.".formatted(place), e);
    }
  }

  /**
   * Opens what {@link #seal} made for this tenant and place.
   *
   * @throws AgentOsException ENVIRONMENT when it does not open: another master key, or other bytes
   */
  public byte[] open(TenantId tenant, String place, byte[] sealed) {
    try {
      return envelope.decrypt(sealed, context(tenant, place));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "The sealed value of %s does not open with this master key; start with the key it was sealed under."
              .formatted(place),
          e);
    }
  }

  private static byte[] context(TenantId tenant, String place) {
    return (tenant.value() + "\n" + place).getBytes(StandardCharsets.UTF_8);
  }
}
