package io.agentos.runtime.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals single values, such as a webhook's secret: each under a data key of its own, wrapped by the
 * master key, and bound to its tenant and place, so that a sealed value moved elsewhere does not
 * open.
 *
 * <p>Thread-safe.
 */
public final class Vault {
  private static final byte[] NO_CONTEXT = new byte[0];

  private final MasterKey master;
  private final @Nullable MasterKey before;

  public Vault(MasterKey master) {
    this(master, null);
  }

  /**
   * A vault whose master key is being changed.
   *
   * @param before the one until now, which opens what is not {@link #rewrapped} yet; null for none
   */
  public Vault(MasterKey master, @Nullable MasterKey before) {
    this.master = master;
    this.before = before;
  }

  /**
   * Seals a value.
   *
   * @param place what it belongs to, such as {@code webhook:whe_01h…}; needed again to open it
   */
  public byte[] seal(TenantId tenant, String place, byte[] plain) {
    try {
      return envelope(master).encrypt(plain, context(tenant, place));
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
    byte[] context = context(tenant, place);
    try {
      return envelope(master).decrypt(sealed, context);
    } catch (GeneralSecurityException e) {
      if (before != null) {
        try {
          return envelope(before).decrypt(sealed, context);
        } catch (GeneralSecurityException again) {
          e.addSuppressed(again);
        }
      }
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "The sealed value of %s does not open with this master key; start with the key it was sealed under."
              .formatted(place),
          e);
    }
  }

  /**
   * The same sealed value with its data key wrapped by the master key of now; empty when it is so
   * already. The value itself is not opened.
   *
   * @throws AgentOsException ENVIRONMENT when neither master key unwraps it
   */
  public Optional<byte[]> rewrapped(byte[] sealed) {
    try {
      ByteBuffer parts = ByteBuffer.wrap(sealed);
      byte[] wrapped = new byte[Math.clamp(parts.getInt(), 0, parts.remaining())];
      parts.get(wrapped);
      if (unwraps(master, wrapped)) {
        return Optional.empty();
      }
      if (before == null) {
        throw new GeneralSecurityException("no master key from before is given");
      }
      byte[] key = before.aead().decrypt(wrapped, NO_CONTEXT);
      byte[] again = master.aead().encrypt(key, NO_CONTEXT);
      return Optional.of(
          ByteBuffer.allocate(Integer.BYTES + again.length + parts.remaining())
              .putInt(again.length)
              .put(again)
              .put(parts)
              .array());
    } catch (GeneralSecurityException | BufferUnderflowException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "A sealed value opens neither with vault.master_key nor with vault.previous_master_key.",
          e);
    }
  }

  private static boolean unwraps(MasterKey master, byte[] wrapped) {
    try {
      return master.aead().decrypt(wrapped, NO_CONTEXT).length > 0;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Aead envelope(MasterKey master) {
    try {
      return KmsEnvelopeAead.create(MasterKey.AES_256, master.aead());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is a valid choice", e);
    }
  }

  private static byte[] context(TenantId tenant, String place) {
    return (tenant.value() + "\n" + place).getBytes(StandardCharsets.UTF_8);
  }
}
