package io.agentos.runtime.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962, section 2.1, word for word: every hash from all leaves, every time. */
final class NaiveTree {
  private NaiveTree() {}

  /** MTH. */
  static byte[] root(List<byte[]> data) {
    if (data.isEmpty()) {
      return sha256();
    }
    if (data.size() == 1) {
      return sha256(new byte[] {0}, data.getFirst());
    }
    int k = k(data.size());
    return sha256(new byte[] {1}, root(data.subList(0, k)), root(data.subList(k, data.size())));
  }

  /** PATH. */
  static List<byte[]> path(int m, List<byte[]> data) {
    List<byte[]> path = new ArrayList<>();
    if (data.size() == 1) {
      return path;
    }
    int k = k(data.size());
    if (m < k) {
      path.addAll(path(m, data.subList(0, k)));
      path.add(root(data.subList(k, data.size())));
    } else {
      path.addAll(path(m - k, data.subList(k, data.size())));
      path.add(root(data.subList(0, k)));
    }
    return path;
  }

  /** SUBPROOF; PROOF is {@code known} at first. */
  static List<byte[]> proof(int m, List<byte[]> data, boolean known) {
    List<byte[]> proof = new ArrayList<>();
    if (m == data.size()) {
      if (!known) {
        proof.add(root(data));
      }
      return proof;
    }
    int k = k(data.size());
    if (m <= k) {
      proof.addAll(proof(m, data.subList(0, k), known));
      proof.add(root(data.subList(k, data.size())));
    } else {
      proof.addAll(proof(m - k, data.subList(k, data.size()), false));
      proof.add(root(data.subList(0, k)));
    }
    return proof;
  }

  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
