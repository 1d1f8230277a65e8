package io.agentos.runtime.durable;

import io.agentos.runtime.killswitch.Reach;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hand on a running task: stops it between effects, or interrupts the effect it is in.
 *
 * <p>Thread-safe. Interrupts reach the task's thread while it is inside an effect only, so that no
 * journal write is ever torn.
 */
final class RunControl {

  /** Why a task is stopped. */
  enum Stop {
    CANCEL,
    KILL,
    DRAIN,
    TIMEOUT
  }

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread inEffect;
  private @Nullable Reach reach;
  private @Nullable Stop stop;
  private boolean interrupted;
  private long deadlineNanos;

  /** Asks the task to stop; the first reason stands, except that a passed time-out gives way. */
  void stop(Stop reason) {
    lock.lock();
    try {
      if (stop == null || stop == Stop.TIMEOUT) {
        stop = reason;
      }
      interruptEffect();
    } finally {
      lock.unlock();
    }
  }

  /** Asks the task to stop before its next effect, and lets the one it is in end. */
  void stopSoon(Stop reason) {
    lock.lock();
    try {
      if (stop == null) {
        stop = reason;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the effect the task is in when {@code covered} says so of its reach. */
  boolean killIf(Predicate<Reach> covered) {
    lock.lock();
    try {
      if (inEffect == null || reach == null || !covered.test(reach)) {
        return false;
      }
      stop(Stop.KILL);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Why the last effect was interrupted, or null when it was not. */
  @Nullable Stop interruptedBy() {
    lock.lock();
    try {
      return interrupted ? stop : null;
    } finally {
      lock.unlock();
    }
  }

  /** Why the task was asked to stop, or null. */
  @Nullable Stop stopped() {
    lock.lock();
    try {
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a time-out or a kill: the task has dealt with it. */
  void handled() {
    lock.lock();
    try {
      if (stop == Stop.TIMEOUT || stop == Stop.KILL) {
        stop = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs an effect on this thread, interruptible until it returns and bounded by {@code timeout}.
   */
  <T> T run(Reach effectReach, Duration timeout, Supplier<T> effect) {
    enter(effectReach, System.nanoTime() + timeout.toNanos());
    try {
      return effect.get();
    } finally {
      leave();
    }
  }

  /** Interrupts an effect that has taken longer than it may. */
  void checkTime() {
    lock.lock();
    try {
      if (inEffect != null && !interrupted && System.nanoTime() - deadlineNanos > 0) {
        stop(Stop.TIMEOUT);
      }
    } finally {
      lock.unlock();
    }
  }

  private void enter(Reach effectReach, long deadline) {
    lock.lock();
    try {
      inEffect = Thread.currentThread();
      reach = effectReach;
      deadlineNanos = deadline;
      interrupted = false;
      if (stop != null) {
        interruptEffect();
      }
    } finally {
      lock.unlock();
    }
  }

  private void interruptEffect() {
    if (inEffect != null) {
      interrupted = true;
      inEffect.interrupt();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inEffect = null;
      reach = null;
      // An interrupt that came for the effect must not tear the journal write that follows.
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }
}
