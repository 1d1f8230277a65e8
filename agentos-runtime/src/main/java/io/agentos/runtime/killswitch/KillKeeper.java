package io.agentos.runtime.killswitch;

import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What every node does for kill switches besides obeying them, on a thread of its own so that
 * obeying never waits for it: audit entries that are owed, and giving back what was held. Looks
 * once a second, or when woken.
 *
 * <p>Thread-safe.
 */
public final class KillKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KillKeeper.class.getName());
  private static final long LOOK_MILLIS = 1_000;

  private final KillSwitches killSwitches;
  private final Restore restore;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  public KillKeeper(Database database, Audit audit) {
    this.killSwitches = new KillSwitches(database, audit);
    this.restore = new Restore(database);
    this.thread = Thread.ofVirtual().name("kill-keeper").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Looks now. Cheap. */
  public void wake() {
    wake.release();
  }

  /** Waits for the look under way; an interrupt would tear a connection of the pool. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      look("the audit entries of kill switches are late", killSwitches::audit);
      look("what kill switches held comes back late", this::giveBack);
      try {
        if (wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void giveBack() {
    while (restore.giveBack() > 0 && !closed) {
      Thread.onSpinWait();
    }
  }

  private static void look(String late, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, late + ", trying again: {0}", e.getMessage());
    }
  }
}
