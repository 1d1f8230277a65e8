package io.agentos.runtime.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How leaves and nodes are hashed: RFC 6962, section 2.1. Thread-safe. */
public final class Merkle {
  /** The root of the tree without leaves. */
  public static final Hash EMPTY = Hash.of(sha256().digest());

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private Merkle() {}

  /** The hash of a leaf whose content is these parts, one after the other. */
  public static Hash leaf(byte[]... parts) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Hash.of(digest.digest());
  }

  /** The hash of the node over two others. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.shared());
    digest.update(right.shared());
    return Hash.of(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
