package io.agentos.runtime.merkle;

import java.util.List;

/**
 * Checks proofs of others: RFC 9162, sections 2.1.3.2 and 2.1.4.2. Never throws for what it is
 * given.
 */
public final class ProofCheck {
  private ProofCheck() {}

  /** A tree by what is told of it. */
  public record Head(long size, Hash root) {}

  /** Whether {@code proof} shows that {@code leaf} is at {@code index}, from 0, in this tree. */
  public static boolean inclusion(Hash leaf, long index, Head tree, List<Hash> proof) {
    if (index < 0 || index >= tree.size) {
      return false;
    }
    int inner = inner(index, tree.size);
    int border = Long.bitCount(index >>> inner);
    if (proof.size() != inner + border) {
      return false;
    }
    Hash root = up(leaf, proof.subList(0, inner), index, false);
    return border(root, proof.subList(inner, proof.size())).equals(tree.root);
  }

  /**
   * Whether {@code proof} shows that {@code older} is the beginning of {@code newer}. The empty
   * tree is the beginning of any, so nothing is proven of it: no.
   */
  public static boolean consistency(Head older, Head newer, List<Hash> proof) {
    if (older.size < 1 || older.size > newer.size) {
      return false;
    }
    if (older.size == newer.size) {
      return proof.isEmpty() && older.root.equals(newer.root);
    }
    if (proof.isEmpty()) {
      return false;
    }
    int shift = Long.numberOfTrailingZeros(older.size);
    int inner = inner(older.size - 1, newer.size) - shift;
    boolean perfect = Long.bitCount(older.size) == 1;
    Hash seed = perfect ? older.root : proof.getFirst();
    List<Hash> rest = perfect ? proof : proof.subList(1, proof.size());
    long index = (older.size - 1) >>> shift;
    if (rest.size() != inner + Long.bitCount(index >>> inner)) {
      return false;
    }
    List<Hash> below = rest.subList(0, inner);
    List<Hash> above = rest.subList(inner, rest.size());
    return border(up(seed, below, index, true), above).equals(older.root)
        && border(up(seed, below, index, false), above).equals(newer.root);
  }

  /** How many levels a leaf and the last of the tree have not in common. */
  private static int inner(long index, long size) {
    return Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
  }

  private static Hash up(Hash seed, List<Hash> proof, long index, boolean leftOnly) {
    Hash hash = seed;
    for (int level = 0; level < proof.size(); level++) {
      if (((index >>> level) & 1) == 1) {
        hash = Merkle.node(proof.get(level), hash);
      } else if (!leftOnly) {
        hash = Merkle.node(hash, proof.get(level));
      }
    }
    return hash;
  }

  private static Hash border(Hash seed, List<Hash> proof) {
    Hash hash = seed;
    for (Hash left : proof) {
      hash = Merkle.node(left, hash);
    }
    return hash;
  }
}
