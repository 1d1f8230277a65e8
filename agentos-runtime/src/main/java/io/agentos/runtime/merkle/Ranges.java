package io.agentos.runtime.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Perfect subtrees that cover a range of leaves. Those before a range begin a {@link Frontier},
 * those after it finish it; so a range is proven as a whole, by twice the logarithm of the log's
 * length.
 */
public final class Ranges {
  private static final int LEVEL_MAX = 62;

  private Ranges() {}

  /**
   * The roots of the largest subtrees that cover the leaves from {@code from} to before {@code to}.
   */
  public static List<Hash> cover(long from, long to, Nodes nodes) {
    List<Hash> roots = new ArrayList<>();
    for (long at = from; at < to; ) {
      int level = level(at, to);
      roots.add(nodes.at(level, at >>> level));
      at += 1L << level;
    }
    return roots;
  }

  /** The level of the largest subtree that begins at a leaf and ends before another. */
  public static int level(long at, long to) {
    if (at < 0 || at >= to) {
      throw new IllegalArgumentException("no leaves from %d to before %d".formatted(at, to));
    }
    int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
    return Math.min(Math.min(Long.numberOfTrailingZeros(at), fits), LEVEL_MAX);
  }
}
