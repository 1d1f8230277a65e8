package io.agentos.runtime.budgets;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Settles and sweeps, over and over: often while calls of this node are under way, now and then
 * else, for nodes that have died.
 *
 * <p>Thread-safe.
 */
final class SettlerLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SettlerLoop.class.getName());
  private static final long PAUSE_MILLIS = 100;
  private static final long IDLE_MILLIS = 1_000;
  private static final long BUSY_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int PASSES_MAX = 100;

  private final Settler settler;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile long grantedAt = System.nanoTime() - BUSY_NANOS;

  SettlerLoop(Settler settler) {
    this.settler = settler;
    this.thread = Thread.ofVirtual().name("settler").start(this::run);
  }

  /** Notes that a call begins which will have to be settled. */
  void granted() {
    grantedAt = System.nanoTime();
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
    long sweptAt = System.nanoTime();
    try {
      while (!closing.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
        try {
          all(settler::settle);
          if (System.nanoTime() - sweptAt > TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
            all(settler::sweep);
            sweptAt = System.nanoTime();
          }
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "settling failed, trying again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void all(java.util.function.IntSupplier pass) {
    for (int i = 0; i < PASSES_MAX && pass.getAsInt() > 0; i++) {
      // Until nothing is left to do.
    }
  }

  private long pauseMillis() {
    return System.nanoTime() - grantedAt < BUSY_NANOS ? PAUSE_MILLIS : IDLE_MILLIS;
  }
}
