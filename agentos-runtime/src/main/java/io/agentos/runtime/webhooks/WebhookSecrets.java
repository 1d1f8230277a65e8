package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Ids;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Secrets that sources and endpoints share with the other side: sealed, two valid at once. */
final class WebhookSecrets {
  /** How long the former secret stays valid at most. */
  static final Duration OVERLAP_MAX = Duration.ofDays(7);

  private static final int BYTES = 32;
  private static final Pattern OTHER = Pattern.compile("[!-~]{16,256}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Vault vault;

  WebhookSecrets(Vault vault) {
    this.vault = vault;
  }

  /** A new secret as Standard Webhooks write it; other schemes take its text as it is. */
  static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return StandardSignature.SECRET + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Refuses what cannot be a secret of the scheme.
   *
   * @throws AgentOsException INVALID_REQUEST
   */
  static void check(Scheme scheme, String secret) {
    boolean fits =
        scheme == Scheme.STANDARD
            ? StandardSignature.isSecret(secret)
            : OTHER.matcher(secret).matches();
    if (!fits) {
      String message =
          scheme == Scheme.STANDARD
              ? "must be whsec_ and 16 to 128 bytes in base64, or whpk_ and a public key of Ed25519"
              : "must be 16 to 256 visible characters of ASCII";
      throw AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          "The secret %s.".formatted(message),
          List.of(new AgentOsException.FieldError("secret", message)));
    }
  }

  /** Adds the secret that is newest from now on. */
  void add(Tx tx, TenantId tenant, UUID owner, String secret) {
    byte[] sealed = vault.seal(tenant, place(owner), secret.getBytes(StandardCharsets.UTF_8));
    tx.update(SourcesSql.ADD_SECRET, tenant.value(), owner, Ids.next(), sealed);
  }

  /** Adds a secret; the former one stays valid for {@code overlap}, any before it no longer. */
  void rotate(Tx tx, TenantId tenant, UUID owner, String secret, Duration overlap) {
    tx.update(
        SourcesSql.RETIRE_SECRETS,
        overlap.toString(),
        tenant.value(),
        owner,
        tenant.value(),
        owner);
    add(tx, tenant, owner, secret);
  }

  void delete(Tx tx, TenantId tenant, UUID owner) {
    tx.update(SourcesSql.DELETE_SECRETS, tenant.value(), owner);
  }

  /** The secrets of sealed ones in base64, as the statements give them. */
  List<String> open(TenantId tenant, UUID owner, List<String> sealed) {
    return sealed.stream()
        .map(text -> vault.open(tenant, place(owner), Base64.getMimeDecoder().decode(text)))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  private static String place(UUID owner) {
    return "webhook:" + owner;
  }
}
