package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.merkle.Frontier;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.ProofCheck;
import io.agentos.runtime.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tree that a node keeps over one tenant's log, and the checkpoints it signed. It goes on where
 * its last checkpoint ends: what came after it and was not signed is forgotten.
 *
 * <p>One thread uses it.
 */
final class KeptTree implements AutoCloseable {
  private final TenantId tenant;
  private final Signer signer;
  private final CheckpointFile checkpoints;
  private final TreeFile tree;
  private Frontier frontier;

  private KeptTree(
      TenantId tenant,
      Signer signer,
      CheckpointFile checkpoints,
      TreeFile tree,
      Frontier frontier) {
    this.tenant = tenant;
    this.signer = signer;
    this.checkpoints = checkpoints;
    this.tree = tree;
    this.frontier = frontier;
  }

  /**
   * Opens the files of a tenant, or begins them. Where the hashes are gone or damaged, they are
   * made again from the log.
   *
   * @throws BrokenLog when the log does not give the root that was signed, or another key signed it
   */
  static KeptTree open(KeptFiles files, Signer signer, Database database) throws IOException {
    CheckpointFile checkpoints = new CheckpointFile(files.checkpoints());
    Optional<String> note = checkpoints.last();
    if (note.isEmpty()) {
      Files.writeString(files.verifier(), signer.verifier(files.tenant()) + "\n");
      TreeFile empty = TreeFile.write(files.tree());
      empty.cut(0);
      return new KeptTree(files.tenant(), signer, checkpoints, empty, new Frontier());
    }
    Checkpoint last = last(files, signer, note.get());
    if (!fits(files.tree(), last)) {
      rebuild(files, last, database);
    }
    TreeFile tree = TreeFile.write(files.tree());
    return new KeptTree(files.tenant(), signer, checkpoints, tree, Frontier.of(last.size(), tree));
  }

  /** The checkpoint in a note of these files. */
  static Checkpoint last(KeptFiles files, Signer signer, String note) {
    return signer
        .own(files.tenant(), note)
        .orElseThrow(() ->
            new BrokenLog(
                1,
                "the checkpoints in %s were signed by another key; move the files of this tenant away to begin anew"
                    .formatted(files.checkpoints().getFileName())));
  }

  /** Whether a file holds the tree of a checkpoint. */
  static boolean fits(Path file, Checkpoint checkpoint) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (TreeFile tree = TreeFile.read(file)) {
      return tree.holds(checkpoint.size())
          && Frontier.of(checkpoint.size(), tree).root().equals(checkpoint.root());
    }
  }

  long size() {
    return frontier.size();
  }

  /** Whether an entry is the one that was signed. */
  boolean holds(LogRow row) {
    ProofCheck.Head head = new ProofCheck.Head(frontier.size(), frontier.root());
    return tree.holds(row.seq(), row.leaf(), head);
  }

  /** Entries that follow, not signed yet. */
  static final class Growth {
    private final Frontier frontier;

    private Growth(Frontier frontier) {
      this.frontier = frontier;
    }

    long size() {
      return frontier.size();
    }
  }

  /** Begins to grow. */
  Growth grow() throws IOException {
    tree.cut(frontier.size());
    return new Growth(frontier.copy());
  }

  void add(Growth growth, List<LogRow> rows) throws IOException {
    List<Hash> hashes = new ArrayList<>();
    rows.forEach(row -> hashes.addAll(growth.frontier.append(row.leaf())));
    tree.append(hashes);
  }

  /** Signs what has grown; returns the note when it is on the disk. */
  String sign(Growth growth) throws IOException {
    tree.force();
    String note =
        signer.sign(
            new Checkpoint(signer.origin(tenant), growth.frontier.size(), growth.frontier.root()));
    checkpoints.append(note);
    frontier = growth.frontier;
    return note;
  }

  /** The first entry that is not the one this tree holds. */
  BrokenLog difference(Database database) {
    long expected = 1;
    while (expected <= size()) {
      List<LogRow> rows = LogRow.from(database, tenant, expected, LogRow.PAGE);
      for (LogRow row : rows) {
        if (expected > size()) {
          break;
        }
        if (row.seq() != expected) {
          return missing(expected);
        }
        if (!holds(row)) {
          return new BrokenLog(
              expected, "entry %d is not the one that was signed".formatted(expected));
        }
        expected++;
      }
      if (rows.isEmpty()) {
        return missing(expected);
      }
    }
    return missing(expected);
  }

  private BrokenLog missing(long seq) {
    return new BrokenLog(
        seq, "entry %d is missing; a checkpoint of %d was signed".formatted(seq, size()));
  }

  @Override
  public void close() throws IOException {
    tree.close();
  }

  private static void rebuild(KeptFiles files, Checkpoint last, Database database)
      throws IOException {
    Frontier frontier = new Frontier();
    LogWalk walk = new LogWalk(database, files.tenant());
    try (TreeFile anew = TreeFile.write(files.treeAnew())) {
      anew.cut(0);
      while (frontier.size() < last.size()) {
        List<LogRow> rows = walk.next();
        if (rows.isEmpty()) {
          throw new BrokenLog(
              frontier.size() + 1,
              "entry %d is missing; a checkpoint of %d was signed"
                  .formatted(frontier.size() + 1, last.size()));
        }
        List<Hash> hashes = new ArrayList<>();
        rows.stream()
            .limit(last.size() - frontier.size())
            .forEach(row -> hashes.addAll(frontier.append(row.leaf())));
        anew.append(hashes);
      }
      anew.force();
    }
    if (!frontier.root().equals(last.root())) {
      throw new BrokenLog(
          1, "entries 1 to %d are not those that were signed".formatted(last.size()));
    }
    Files.move(
        files.treeAnew(),
        files.tree(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
