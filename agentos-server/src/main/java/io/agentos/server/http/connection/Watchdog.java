package io.agentos.server.http.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks at all guards, a few times a second.
 *
 * <p>Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final Semaphore closed = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("http-watchdog").unstarted(this::run);

  void start() {
    thread.start();
  }

  /** Begins to watch the current thread. */
  Guard watch() {
    Guard guard = new Guard(Thread.currentThread());
    guards.add(guard);
    return guard;
  }

  /** Ends watching. */
  void forget(Guard guard) {
    guards.remove(guard);
  }

  @Override
  public void close() {
    closed.release();
  }

  private void run() {
    try {
      while (!closed.tryAcquire(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        guards.forEach(guard -> guard.check(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
