package io.agentos.runtime.retention;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives tenants their turns on a node, again and again.
 *
 * <p>Thread-safe.
 */
public final class RetentionLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RetentionLoop.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int TURNS_MAX = 20;

  private final Pruner pruner;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  public RetentionLoop(Pruner pruner) {
    this.pruner = pruner;
    this.thread = Thread.ofVirtual().name("retention").unstarted(this::run);
  }

  /** Begins, after a pause in which whoever starts may change the rules. */
  public void start() {
    thread.start();
  }

  /** Waits for the turn under way. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      for (int i = 0; i < TURNS_MAX && closing.getCount() > 0; i++) {
        int deleted = pruner.turn().orElse(-1);
        if (deleted < 0) {
          return;
        }
        if (deleted > 0) {
          LOG.log(System.Logger.Level.INFO, "retention deleted {0} records", deleted);
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "retention tries again later: {0}", e.getMessage());
    }
  }
}
