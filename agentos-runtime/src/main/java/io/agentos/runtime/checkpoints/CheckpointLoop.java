package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks once a second which logs have grown, and has them signed when it is time: after so many
 * entries, or so long after the last checkpoint. Also sees a log that went back or changed its end.
 *
 * <p>Thread-safe.
 */
final class CheckpointLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CheckpointLoop.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;

  private final Database database;
  private final Checkpoints checkpoints;
  private final Checkpoints.Settings settings;
  private final Map<TenantId, Seen> seen = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  CheckpointLoop(Database database, Checkpoints checkpoints, Checkpoints.Settings settings) {
    this.database = database;
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.thread = Thread.ofVirtual().name("checkpoints").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Signs what is left, and stops. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Head(TenantId tenant, long seq, Hash hash) {
    static Head of(Row row) {
      return new Head(
          new TenantId(row.text("tenant_id")), row.longNumber("seq"), Hash.of(row.bytes("hash")));
    }
  }

  /** What was signed last, and when it was looked at. */
  private record Seen(long size, Optional<Hash> hash, long atNanos) {}

  private void run() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look(false);
      }
      look(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean last) {
    try {
      pass(last);
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.log(System.Logger.Level.WARNING, "checkpoints wait; they are tried again", e);
      }
      failing = true;
    }
  }

  /** One look at all logs; package-private for tests. */
  void pass(boolean last) {
    String after = "";
    List<Head> heads;
    do {
      String from = after;
      heads = database.inAuditor(tx -> tx.query(CheckpointsSql.HEADS, Head::of, from, PAGE));
      for (Head head : heads) {
        if (isDue(head, last)) {
          sign(head.tenant());
        }
        after = head.tenant().value();
      }
    } while (heads.size() == PAGE);
  }

  private boolean isDue(Head head, boolean last) {
    Seen known = seen.get(head.tenant());
    if (known == null) {
      return true;
    }
    boolean waited = System.nanoTime() - known.atNanos >= settings.every().toNanos();
    if (checkpoints.refuses(head.tenant())) {
      return waited;
    }
    if (head.seq() == known.size) {
      return known.hash.isPresent() && !known.hash.get().equals(head.hash());
    }
    return last
        || waited
        || head.seq() < known.size
        || head.seq() - known.size >= settings.entriesMax();
  }

  private void sign(TenantId tenant) {
    Optional<Sequencer.Standing> standing = checkpoints.advance(tenant);
    long now = System.nanoTime();
    seen.merge(
        tenant,
        standing
            .map(found -> new Seen(found.size(), found.hash(), now))
            .orElse(new Seen(0, Optional.empty(), now)),
        (before, after) -> after);
  }
}
