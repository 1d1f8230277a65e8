package io.agentos.runtime.durable;

import io.agentos.api.KillSwitchId;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.Reach;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
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

  /** The effect was stopped before it began; nothing was called. */
  static final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Stop stop;

    NotBegun(Stop stop) {
      super("stopped before it began: " + stop, null, false, false);
      this.stop = stop;
    }

    /** Why. */
    Stop stop() {
      return stop;
    }
  }

  private final Halt halt;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread inEffect;
  private @Nullable Reach reach;
  private @Nullable Stop stop;
  private @Nullable KillSwitchId killedBy;
  private boolean interrupted;
  private long deadlineNanos;

  RunControl(Halt halt) {
    this.halt = halt;
  }

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

  /** Interrupts the effect the task is in when the switch covers it. */
  boolean killIf(KillSwitch killSwitch) {
    lock.lock();
    try {
      if (inEffect == null || reach == null || !killSwitch.covers(reach)) {
        return false;
      }
      kill(killSwitch);
      interruptEffect();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Which switch stopped the task; null unless one did. */
  @Nullable KillSwitchId killedBy() {
    lock.lock();
    try {
      return killedBy;
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
        killedBy = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs an effect on this thread, interruptible until it returns and bounded by {@code timeout}.
   *
   * @throws NotBegun when the task is to stop, or nothing may begin on this node
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
      interrupted = false;
      halt.covering(effectReach).ifPresent(this::kill);
      if (stop == null && halt.fenced()) {
        stop = Stop.DRAIN;
      }
      if (stop != null && stop != Stop.TIMEOUT) {
        throw new NotBegun(stop);
      }
      stop = null;
      inEffect = Thread.currentThread();
      reach = effectReach;
      deadlineNanos = deadline;
    } finally {
      lock.unlock();
    }
  }

  private void kill(KillSwitch killSwitch) {
    if (stop == null || stop == Stop.TIMEOUT) {
      stop = Stop.KILL;
      killedBy = killSwitch.id();
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
