package io.agentos.runtime.state;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Goes on with erasures, every second, wherever another node left them.
 *
 * <p>Thread-safe.
 */
public final class Eraser implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Eraser.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Erasures erasures;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  public Eraser(Erasures erasures) {
    this.erasures = erasures;
    this.thread = Thread.ofVirtual().name("eraser").unstarted(this::run);
  }

  /** Begins to look. */
  public void start() {
    thread.start();
  }

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
        try {
          erasures.sweep();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "erasing failed, trying again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
