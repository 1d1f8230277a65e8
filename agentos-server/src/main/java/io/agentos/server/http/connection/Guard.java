package io.agentos.server.http.connection;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One thread's time limit for input and output: a call that takes longer is interrupted, which
 * closes the channel it waits on.
 *
 * <p>Used by its thread and by the {@link Watchdog}.
 */
final class Guard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;
  private boolean armed;
  private boolean fired;
  private long untilNanos;

  Guard(Thread thread) {
    this.thread = thread;
  }

  /**
   * Does {@code call}, but not past {@code deadlineNanos} of {@link System#nanoTime()}.
   *
   * @throws RuntimeException of the call; one that was cut short fails as its channel is closed
   */
  <T> T before(long deadlineNanos, Supplier<T> call) {
    set(true, deadlineNanos);
    try {
      return call.get();
    } finally {
      set(false, 0);
    }
  }

  /** Interrupts the call under way when it is late. */
  void check(long nowNanos) {
    lock.lock();
    try {
      if (armed && !fired && nowNanos - untilNanos > 0) {
        fired = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(boolean begins, long deadlineNanos) {
    lock.lock();
    try {
      // The interrupt was for the call that has just ended, not for what the thread does next.
      if (fired) {
        fired = false;
        Thread.interrupted();
      }
      armed = begins;
      untilNanos = deadlineNanos;
    } finally {
      lock.unlock();
    }
  }
}
