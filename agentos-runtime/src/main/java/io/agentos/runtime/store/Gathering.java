package io.agentos.runtime.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What many threads bring and one takes away together, in the order it came; so many at most wait.
 * While the one is busy with a commit, the next gather.
 *
 * <p>Thread-safe.
 *
 * @param <T> what is brought
 */
public final class Gathering<T> implements AutoCloseable {
  private final int capacity;
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition brought = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private boolean closed;

  public Gathering(int capacity) {
    this.capacity = capacity;
  }

  /** Brings something; false when there was no room for so long, or it is closed. */
  public boolean offer(T one, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && waiting.size() >= capacity) {
        if (nanos <= 0) {
          return false;
        }
        nanos = taken.awaitNanos(nanos);
      }
      if (closed) {
        return false;
      }
      waiting.add(one);
      brought.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what there is, and waits for the first; what was brought before it was closed is still
   * handed out.
   *
   * @param most how many at a time
   * @return false when it is closed and empty, and nothing will ever come
   */
  public boolean take(List<T> into, int most) {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return false;
        }
        brought.awaitUninterruptibly();
      }
      boolean full = waiting.size() >= capacity;
      for (int i = 0; i < most && !waiting.isEmpty(); i++) {
        into.add(waiting.remove());
      }
      if (full) {
        taken.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is brought; whoever waits is told. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      brought.signalAll();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes, and waits for the thread that takes until it has done what was brought. */
  public void close(Thread taker, Duration patience) {
    close();
    try {
      taker.join(TimeUnit.MILLISECONDS.convert(patience));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
