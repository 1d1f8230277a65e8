package io.agentos.runtime.checkpoints;

import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.Nodes;
import io.agentos.runtime.merkle.ProofCheck;
import io.agentos.runtime.merkle.Proofs;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * All hashes of a tree in one file that only grows: each leaf, and after it the nodes it completes,
 * from below. So every node has its fixed place, and a proof reads as many as it has.
 *
 * <p>Reading is thread-safe; one thread writes.
 */
final class TreeFile implements Nodes, AutoCloseable {
  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  private final FileChannel channel;

  private TreeFile(FileChannel channel) {
    this.channel = channel;
  }

  static TreeFile write(Path file) throws IOException {
    return new TreeFile(FileChannel.open(file, WRITE));
  }

  static TreeFile read(Path file) throws IOException {
    return new TreeFile(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** How many hashes the tree of {@code size} leaves has. */
  static long hashes(long size) {
    return 2 * size - Long.bitCount(size);
  }

  /** Whether there are the hashes of {@code size} leaves. */
  boolean holds(long size) throws IOException {
    return channel.size() >= hashes(size) * Hash.BYTES;
  }

  /** Forgets all after the first {@code size} leaves. */
  void cut(long size) throws IOException {
    channel.truncate(hashes(size) * Hash.BYTES);
  }

  /** Adds hashes, in order, at the end. */
  void append(List<Hash> hashes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(hashes.size() * Hash.BYTES);
    hashes.forEach(hash -> buffer.put(hash.bytes()));
    buffer.flip();
    long at = channel.size();
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /** Returns when all is on the disk. */
  void force() throws IOException {
    channel.force(false);
  }

  /**
   * A node.
   *
   * @throws UncheckedIOException when the file cannot be read, or does not have it
   */
  @Override
  public Hash at(int level, long index) {
    ByteBuffer buffer = ByteBuffer.allocate(Hash.BYTES);
    try {
      long at = place(level, index) * Hash.BYTES;
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, at + buffer.position());
        if (read < 0) {
          throw new EOFException("the tree ends before node %d/%d".formatted(level, index));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Hash.of(buffer.array());
  }

  /**
   * Whether {@code leaf} is that of entry {@code seq}, counted from 1, of the tree with this head.
   * A damaged hash in this file does not make an entry wrong that leads to the root.
   */
  boolean holds(long seq, Hash leaf, ProofCheck.Head head) {
    return at(0, seq - 1).equals(leaf)
        || ProofCheck.inclusion(leaf, seq - 1, head, Proofs.inclusion(seq - 1, head.size(), this));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * A node comes right after the last leaf below it and the nodes that this leaf completed first.
   */
  private static long place(int level, long index) {
    long lastLeaf = ((index + 1) << level) - 1;
    return hashes(lastLeaf) + level;
  }
}
