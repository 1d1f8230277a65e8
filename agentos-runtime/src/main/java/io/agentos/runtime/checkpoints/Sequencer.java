package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signs checkpoints, one tenant at a time. Before it signs it makes sure that the log still ends in
 * the entry that the last checkpoint ended in, and that everything after it is chained to that; so
 * it signs nothing but what follows what it signed before.
 *
 * <p>Thread-safe: one at a time.
 */
final class Sequencer implements AutoCloseable {
  /** Trees whose files are kept open. */
  private static final int TREES_MAX = 500;

  /** Entries that one checkpoint adds; the next follows at once. */
  private static final int PAGES_MAX = 50;

  private final Database database;
  private final Path folder;
  private final Signer signer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TenantId, KeptTree> trees = new LinkedHashMap<>(16, 0.75f, true);

  Sequencer(Database database, Path folder, Signer signer) {
    this.database = database;
    this.folder = folder;
    this.signer = signer;
  }

  /**
   * Where a log stands.
   *
   * @param size entries that are signed
   * @param hash of the last of them; empty for none
   * @param note the checkpoint that was signed now; empty when nothing was new
   */
  record Standing(long size, Optional<Hash> hash, Optional<String> note) {}

  /**
   * Signs what is new in a tenant's log.
   *
   * @throws BrokenLog when the log is not the one that was signed
   * @throws UncheckedIOException when a file cannot be read or written; the next try begins anew
   */
  Standing advance(TenantId tenant) {
    lock.lock();
    try {
      return advance(tenant, tree(tenant));
    } catch (IOException e) {
      forget(tenant);
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      forget(tenant);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      List.copyOf(trees.keySet()).forEach(this::forget);
    } finally {
      lock.unlock();
    }
  }

  private Standing advance(TenantId tenant, KeptTree tree) throws IOException {
    Optional<LogRow> last = lastSigned(tenant, tree);
    LogWalk walk =
        last.map(row -> new LogWalk(database, tenant, row))
            .orElseGet(() -> new LogWalk(database, tenant));
    KeptTree.Growth growth = tree.grow();
    List<LogRow> rows = walk.next();
    for (int page = 1; !rows.isEmpty(); page++) {
      tree.add(growth, rows);
      rows = page < PAGES_MAX ? walk.next() : List.of();
    }
    if (growth.size() == tree.size()) {
      return new Standing(tree.size(), last.map(LogRow::hash), Optional.empty());
    }
    String note = tree.sign(growth);
    database.inAuditor(tx ->
        tx.update(
            CheckpointsSql.ADD, tenant.value(), growth.size(), signer.verifier(tenant), note));
    return new Standing(growth.size(), Optional.of(Hash.of(walk.hash())), Optional.of(note));
  }

  /** The entry that the last checkpoint ended in, as the log has it now. */
  private Optional<LogRow> lastSigned(TenantId tenant, KeptTree tree) {
    if (tree.size() == 0) {
      return Optional.empty();
    }
    List<LogRow> rows = LogRow.from(database, tenant, tree.size(), 1);
    boolean same =
        !rows.isEmpty() && rows.getFirst().seq() == tree.size() && tree.holds(rows.getFirst());
    if (!same) {
      throw tree.difference(database);
    }
    return Optional.of(rows.getFirst());
  }

  private KeptTree tree(TenantId tenant) throws IOException {
    KeptTree open = trees.get(tenant);
    if (open != null) {
      return open;
    }
    if (trees.size() >= TREES_MAX) {
      forget(trees.keySet().iterator().next());
    }
    KeptTree opened = KeptTree.open(new KeptFiles(folder, tenant), signer, database);
    trees.put(tenant, opened);
    return opened;
  }

  private void forget(TenantId tenant) {
    KeptTree tree = trees.remove(tenant);
    if (tree != null) {
      try {
        tree.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
