package io.agentos.api;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Public identifiers: a prefix and a UUIDv7 (RFC 9562) in Crockford base32, lower case, 26
 * characters. They sort by time of creation as text and are opaque to callers.
 *
 * <p>Thread-safe.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int BODY_LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new UUIDv7: 48 bits of milliseconds, then 74 random bits. */
  public static UUID next() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    ByteBuffer bytes = ByteBuffer.wrap(random);
    long millis = System.currentTimeMillis();
    long high = (millis << 16) | 0x7000L | (bytes.getLong() & 0x0FFFL);
    long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** The text of an id, such as {@code task_01h455vb4pex5vsknk084sn02q}. */
  public static String format(String prefix, UUID id) {
    char[] body = new char[BODY_LENGTH];
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    for (int i = BODY_LENGTH - 1; i >= 0; i--) {
      body[i] = ALPHABET.charAt((int) (low & 31));
      low = (low >>> 5) | (high << 59);
      high >>>= 5;
    }
    return prefix + "_" + new String(body);
  }

  /**
   * The id in {@code text}.
   *
   * @throws AgentOsException NOT_FOUND when the text is no id with this prefix: nobody can have
   *     been given it
   */
  public static UUID parse(String prefix, String text) {
    if (text.length() != prefix.length() + 1 + BODY_LENGTH || !text.startsWith(prefix + "_")) {
      throw notAnId(prefix);
    }
    long high = 0;
    long low = 0;
    for (int i = prefix.length() + 1; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0 || (i == prefix.length() + 1 && digit > 7)) {
        throw notAnId(prefix);
      }
      high = (high << 5) | (low >>> 59);
      low = (low << 5) | digit;
    }
    return new UUID(high, low);
  }

  private static AgentOsException notAnId(String prefix) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND,
        "There is no such object: an id here is '%s_' and %d characters of %s."
            .formatted(prefix, BODY_LENGTH, ALPHABET));
  }
}
