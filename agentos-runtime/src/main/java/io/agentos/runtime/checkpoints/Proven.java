package io.agentos.runtime.checkpoints;

import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.ProofCheck;
import io.agentos.runtime.merkle.Proofs;
import io.agentos.runtime.merkle.Ranges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The newest checkpoint that this node signed over a log, and the proofs that it gives. Entries are
 * counted from 1.
 *
 * <p>Thread-safe until it is closed.
 */
public final class Proven implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final String note;
  private final TreeFile tree;

  Proven(Checkpoint checkpoint, String note, TreeFile tree) {
    this.checkpoint = checkpoint;
    this.note = note;
    this.tree = tree;
  }

  /** How many entries it is over. */
  public long size() {
    return checkpoint.size();
  }

  /** The signed checkpoint. */
  public String note() {
    return note;
  }

  /** That entry {@code seq} is in the log: RFC 6962, from the leaf up, in base64. */
  public List<String> inclusion(long seq) {
    return texts(Proofs.inclusion(seq - 1, size(), tree));
  }

  /** The perfect subtrees over all entries before {@code seq}, largest first. */
  public List<String> before(long seq) {
    return texts(Ranges.cover(0, seq - 1, tree));
  }

  /** The perfect subtrees over all entries after {@code seq}, in their order. */
  public List<String> after(long seq) {
    return texts(Ranges.cover(seq, size(), tree));
  }

  /** Whether an entry, by its leaf, is the one that was signed. */
  boolean holds(long seq, Hash leaf) {
    return tree.holds(seq, leaf, new ProofCheck.Head(checkpoint.size(), checkpoint.root()));
  }

  @Override
  public void close() {
    try {
      tree.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(List<Hash> hashes) {
    return hashes.stream().map(Hash::toString).toList();
  }
}
