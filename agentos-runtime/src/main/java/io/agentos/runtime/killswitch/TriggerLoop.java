package io.agentos.runtime.killswitch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks for triggers again and again on a node; where none is configured it does nothing.
 *
 * <p>Thread-safe.
 */
public final class TriggerLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TriggerLoop.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final KillTriggers triggers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Begins to look. */
  public TriggerLoop(KillTriggers triggers, KillTriggers.Settings settings) {
    this.triggers = triggers;
    this.thread = Thread.ofVirtual().name("kill-triggers").unstarted(this::run);
    if (settings.any()) {
      thread.start();
    }
  }

  /** Waits for the look under way. */
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
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      int engaged = triggers.sweep();
      if (engaged > 0) {
        LOG.log(System.Logger.Level.WARNING, "triggers engaged {0} kill switches", engaged);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "triggers look again later: {0}", e.getMessage());
    }
  }
}
