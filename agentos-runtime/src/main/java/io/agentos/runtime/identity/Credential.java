package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody shows to be let in, {@code PREFIX_ID_SECRET}: the id finds the row, the secret has
 * 256 random bits, and only the SHA-256 of the whole is stored. Immutable.
 */
public final class Credential {
  private static final int ID_LENGTH = 26;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UUID id;
  private final String text;

  private Credential(UUID id, String text) {
    this.id = id;
    this.text = text;
  }

  /** A new one for the row of this id. */
  public static Credential of(String prefix, UUID id) {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new Credential(id, Ids.format(prefix, id) + "_" + secret);
  }

  /** The credential in a text; empty when it has not the shape of one. */
  public static Optional<Credential> parse(String prefix, String text) {
    int end = prefix.length() + 1 + ID_LENGTH;
    if (text.length() != end + 1 + SECRET_LENGTH || text.charAt(end) != '_') {
      return Optional.empty();
    }
    try {
      return Optional.of(new Credential(Ids.parse(prefix, text.substring(0, end)), text));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  /** The id of its row. */
  public UUID id() {
    return id;
  }

  /** What its holder keeps, and nobody else. */
  public String secret() {
    return text;
  }

  /** What is stored of it. */
  public byte[] hash() {
    return sha256(text);
  }

  /** The SHA-256 of a text as UTF-8. */
  public static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return id.toString();
  }
}
