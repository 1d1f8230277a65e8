package io.agentos.runtime.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Proofs of RFC 6962, section 2.1: that a leaf is in a tree, and that a tree is the beginning of
 * another. Each needs as many hashes of the tree as the logarithm of its size.
 */
public final class Proofs {
  private Proofs() {}

  /** That leaf {@code index}, counted from 0, is in the tree of {@code size} leaves. */
  public static List<Hash> inclusion(long index, long size, Nodes nodes) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf %d in a tree of %d".formatted(index, size));
    }
    List<Hash> proof = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long split = from + split(to - from);
      if (index < split) {
        proof.add(root(split, to, nodes));
        to = split;
      } else {
        proof.add(root(from, split, nodes));
        from = split;
      }
    }
    return List.copyOf(proof.reversed());
  }

  /** That the tree of {@code older} leaves is the beginning of the one of {@code size}. */
  public static List<Hash> consistency(long older, long size, Nodes nodes) {
    if (older < 1 || older > size) {
      throw new IllegalArgumentException(
          "no tree of %d leaves before one of %d".formatted(older, size));
    }
    List<Hash> proof = new ArrayList<>();
    long from = 0;
    long to = size;
    // Down to the node that is whole in the older tree; that it begins at 0 says it is known.
    while (to != older) {
      long split = from + split(to - from);
      if (older <= split) {
        proof.add(root(split, to, nodes));
        to = split;
      } else {
        proof.add(root(from, split, nodes));
        from = split;
      }
    }
    if (from > 0) {
      proof.add(root(from, to, nodes));
    }
    return List.copyOf(proof.reversed());
  }

  private static Hash root(long from, long to, Nodes nodes) {
    long size = to - from;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return nodes.at(level, from >>> level);
    }
    long split = from + split(size);
    return Merkle.node(root(from, split, nodes), root(split, to, nodes));
  }

  /** The largest power of two that is smaller. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
