package io.agentos.runtime.merkle;

/** The hashes of a tree that has been built. */
@FunctionalInterface
public interface Nodes {
  /**
   * The root of {@code 2^level} leaves beginning with leaf {@code index * 2^level}, counted from 0.
   */
  Hash at(int level, long index);
}
