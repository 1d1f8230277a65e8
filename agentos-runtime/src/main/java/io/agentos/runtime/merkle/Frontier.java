package io.agentos.runtime.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree as it grows, of which only the roots of the perfect subtrees along its right edge are
 * kept: at most one for each bit of its size, largest first.
 *
 * <p>Not thread-safe.
 */
public final class Frontier {
  private final List<Hash> roots;
  private long size;

  /** The tree without leaves. */
  public Frontier() {
    this(0, List.of());
  }

  /**
   * A tree of {@code size} leaves.
   *
   * @param roots of the perfect subtrees that its size is made of, largest first
   */
  public Frontier(long size, List<Hash> roots) {
    if (size < 0 || Long.bitCount(size) != roots.size()) {
      throw new IllegalArgumentException(
          "a tree of %d leaves has %d perfect subtrees, not %d"
              .formatted(size, Long.bitCount(size), roots.size()));
    }
    this.size = size;
    this.roots = new ArrayList<>(roots);
  }

  /** The tree of the first {@code size} leaves of one that has been built. */
  public static Frontier of(long size, Nodes nodes) {
    return new Frontier(size, Ranges.cover(0, size, nodes));
  }

  /** Adds a leaf; the result holds its hash and those of the nodes it completes, from below. */
  public List<Hash> append(Hash leaf) {
    return append(0, leaf);
  }

  /** Adds a perfect subtree of {@code 2^level} leaves, of which the size is a multiple. */
  public List<Hash> append(int level, Hash root) {
    if (Long.numberOfTrailingZeros(size) < level) {
      throw new IllegalArgumentException(
          "a subtree of level %d does not begin at leaf %d".formatted(level, size));
    }
    List<Hash> completed = new ArrayList<>();
    completed.add(root);
    Hash top = root;
    for (long left = size >>> level; (left & 1) == 1; left >>>= 1) {
      top = Merkle.node(roots.removeLast(), top);
      completed.add(top);
    }
    roots.add(top);
    size = Math.addExact(size, 1L << level);
    return completed;
  }

  public long size() {
    return size;
  }

  /** The root of the whole tree. */
  public Hash root() {
    if (roots.isEmpty()) {
      return Merkle.EMPTY;
    }
    Hash root = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = Merkle.node(roots.get(i), root);
    }
    return root;
  }

  /** The roots it keeps, largest first. */
  public List<Hash> roots() {
    return List.copyOf(roots);
  }

  /** Another that grows by itself. */
  public Frontier copy() {
    return new Frontier(size, roots);
  }
}
