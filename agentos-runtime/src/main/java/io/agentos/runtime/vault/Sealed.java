package io.agentos.runtime.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * The form of a sealed text: {@code 0xff}, a version, the 16 bytes of its key's id, and what the
 * cipher made. No UTF-8 text begins with {@code 0xff}, so that what was never sealed is known.
 */
final class Sealed {
  /** AES-256-GCM: 12 bytes of nonce, the text, 16 bytes of tag. */
  static final byte RANDOM = 1;

  /** AES-SIV (RFC 5297): the same text at the same place gives the same bytes. */
  static final byte SAME = 2;

  private static final byte MARK = (byte) 0xff;
  private static final int HEAD_BYTES = 18;

  static final int RANDOM_OVERHEAD_BYTES = HEAD_BYTES + 12 + 16;

  private Sealed() {}

  static boolean is(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == MARK;
  }

  static byte[] of(byte version, UUID key, byte[] cipher) {
    return ByteBuffer.allocate(HEAD_BYTES + cipher.length)
        .put(MARK)
        .put(version)
        .putLong(key.getMostSignificantBits())
        .putLong(key.getLeastSignificantBits())
        .put(cipher)
        .array();
  }

  /** The version; 0, which is none, for what is too short to be sealed. */
  static byte version(byte[] bytes) {
    return bytes.length < HEAD_BYTES ? 0 : bytes[1];
  }

  static UUID key(byte[] bytes) {
    ByteBuffer head = ByteBuffer.wrap(bytes, 2, HEAD_BYTES - 2);
    return new UUID(head.getLong(), head.getLong());
  }

  static byte[] cipher(byte[] bytes) {
    return Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
  }
}
