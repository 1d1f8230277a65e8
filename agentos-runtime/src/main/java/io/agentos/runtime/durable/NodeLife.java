package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps this node alive in the database, and gives away the tasks of nodes that are not. All times
 * are the database's.
 *
 * <p>Thread-safe.
 */
final class NodeLife implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeLife.class.getName());

  private static final Duration FENCE_AHEAD = Duration.ofMillis(200);
  private static final long FENCED_PAUSE_MILLIS = 250;

  private final Database database;
  private final NodeIdentity node;
  private final WorkerSettings settings;
  private final Runnable lost;
  private final Runnable tookOver;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile long beatNanos = System.nanoTime();

  /**
   * @param lost what to do when others have declared this node dead: stop all it runs
   * @param tookOver what to do when tasks were given away: look for work
   */
  NodeLife(
      Database database,
      NodeIdentity node,
      WorkerSettings settings,
      Runnable lost,
      Runnable tookOver) {
    this.database = database;
    this.node = node;
    this.settings = settings;
    this.lost = lost;
    this.tookOver = tookOver;
    this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::run);
  }

  /**
   * Whether others may by now take this node for dead: no beat has come through for the lease, by a
   * clock that nobody sets, counted from before the last one was sent. True a moment before the
   * database's clock allows anyone to take over.
   */
  boolean isFenced() {
    return System.nanoTime() - beatNanos > settings.lease().minus(FENCE_AHEAD).toNanos();
  }

  void start() {
    long sent = System.nanoTime();
    database.inEngine(tx -> {
      register(tx);
      giveAway(
          tx,
          tx.query(
              WorkerSql.END_FORMER_LIVES,
              row -> row.uuid("node_id"),
              settings.instance(),
              node.id()));
      return true;
    });
    beatNanos = sent;
    thread.start();
  }

  /** One beat: says that this node lives, and ends those that have not said so for too long. */
  void beat() {
    long sent = System.nanoTime();
    boolean alive = database.inControlOfAll(tx -> tx.update(WorkerSql.BEAT, node.id()) == 1);
    if (!alive) {
      LOG.log(System.Logger.Level.WARNING, "declared dead by another node, starting anew");
      lost.run();
      node.renew();
      sent = System.nanoTime();
      database.inControlOfAll(tx -> {
        register(tx);
        return true;
      });
    }
    beatNanos = sent;
    List<UUID> ended =
        database.inEngine(tx -> {
          List<UUID> silent =
              tx.query(
                  WorkerSql.END_SILENT,
                  row -> row.uuid("node_id"),
                  settings.lease().toSeconds(),
                  node.id());
          giveAway(tx, silent);
          return silent;
        });
    if (!ended.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "took over from {0} silent nodes", ended.size());
      tookOver.run();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      database.inEngine(tx -> {
        List<UUID> self = new ArrayList<>(List.of(node.id()));
        giveAway(tx, self);
        return tx.update(WorkerSql.LEAVE, node.id());
      });
    } catch (AgentOsException e) {
      LOG.log(System.Logger.Level.WARNING, "could not sign off; others will notice by the lease");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      try {
        if (closing.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        beat();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "missed a heartbeat, trying again", e);
      }
    }
  }

  private long pauseMillis() {
    long usual = settings.lease().toMillis() / 4;
    return isFenced() ? Math.min(usual, FENCED_PAUSE_MILLIS) : usual;
  }

  private void register(Tx tx) {
    tx.update(WorkerSql.REGISTER, node.id(), settings.instance());
    tx.update(WorkerSql.FIRST_BEAT, node.id());
  }

  private static void giveAway(Tx tx, List<UUID> ended) {
    if (!ended.isEmpty()) {
      tx.update(WorkerSql.GIVE_AWAY, (Object) ended.toArray(UUID[]::new));
    }
  }
}
