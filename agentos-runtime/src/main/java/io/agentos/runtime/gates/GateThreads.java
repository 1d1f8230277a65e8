package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.spi.Gate;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gate on a thread of its own and waits no longer than its time. What breaks, takes too long
 * or says nothing blocks.
 *
 * <p>A thread of the platform, not a virtual one: a gate that computes without end would keep the
 * carrier of all virtual threads. A gate that heeds no interrupt keeps its thread; {@link
 * #STUCK_MAX} of them, and it is asked no more until one comes back.
 *
 * <p>Thread-safe.
 */
final class GateThreads {
  /** So many threads that a gate did not give back, and it blocks at once. */
  static final int STUCK_MAX = 4;

  /** How many threads ask one gate at a time, stuck ones among them. */
  static final int AT_ONCE_MAX = 32;

  private static final System.Logger LOG = System.getLogger(GateThreads.class.getName());

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("gate-", 1).factory());

  /** The line before one gate: how many threads may ask it, and how many did not come back. */
  static final class Line {
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final AtomicInteger stuck = new AtomicInteger();

    /** How many threads are past their time. */
    int stuck() {
      return stuck.get();
    }

    /** Whether a place became free in time; holds against interrupts as the wait itself does. */
    private boolean enter(long until) {
      boolean interrupted = false;
      try {
        while (stuck() < STUCK_MAX) {
          try {
            return places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        return false;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** What the gate says. */
  GateResult ask(Line line, Gate gate, Checkpoint checkpoint, Duration timeout) {
    long until = System.nanoTime() + timeout.toNanos();
    if (!line.enter(until)) {
      return new GateResult.Block("The gate is stuck; what cannot be checked does not pass.");
    }
    Asked asked = new Asked(line, gate, checkpoint);
    try {
      threads.execute(asked);
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      line.places.release();
      LOG.log(System.Logger.Level.ERROR, "no thread for a gate gate=" + gate.id(), e);
      return new GateResult.Block("There is no thread for the gate; try again later.");
    }
    return asked.await(until);
  }

  /** One question to a gate: answered by its thread, waited for by the task's. */
  private static final class Asked implements Runnable {
    private final Line line;
    private final Gate gate;
    private final Checkpoint checkpoint;
    private @Nullable Thread asking;
    private @Nullable GateResult result;
    private boolean abandoned;

    Asked(Line line, Gate gate, Checkpoint checkpoint) {
      this.line = line;
      this.gate = gate;
      this.checkpoint = checkpoint;
    }

    @Override
    public void run() {
      begun();
      ended(answer());
    }

    /** Whatever is thrown, a {@code StackOverflowError} or a missing class, is no pass. */
    private GateResult answer() {
      try {
        @Nullable GateResult said = gate.check(checkpoint);
        return said == null ? broken("said nothing", null) : said;
      } catch (Throwable e) {
        return broken("broke", e);
      }
    }

    private GateResult broken(String how, @Nullable Throwable why) {
      LOG.log(
          System.Logger.Level.ERROR,
          "gate %s and so blocks gate=%s task=%s"
              .formatted(how, gate.id(), checkpoint.request().task()),
          why);
      return new GateResult.Block("The gate broke; what cannot be checked does not pass.");
    }

    private synchronized void begun() {
      asking = Thread.currentThread();
      if (abandoned) {
        asking.interrupt();
      }
    }

    private synchronized void ended(GateResult said) {
      asking = null;
      result = said;
      Thread.interrupted();
      if (abandoned) {
        line.stuck.decrementAndGet();
      }
      line.places.release();
      notifyAll();
    }

    /** Holds against interrupts, which are for what the task does next; a gate's time is short. */
    synchronized GateResult await(long until) {
      boolean interrupted = false;
      try {
        while (result == null) {
          long millis = (until - System.nanoTime()) / 1_000_000;
          if (millis <= 0) {
            return abandon();
          }
          try {
            wait(millis);
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        return result;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private GateResult abandon() {
      abandoned = true;
      line.stuck.incrementAndGet();
      if (asking != null) {
        asking.interrupt();
      }
      LOG.log(
          System.Logger.Level.ERROR,
          "gate took too long and so blocks gate=%s task=%s"
              .formatted(gate.id(), checkpoint.request().task()));
      return new GateResult.Block("The gate took too long; what cannot be checked does not pass.");
    }
  }
}
