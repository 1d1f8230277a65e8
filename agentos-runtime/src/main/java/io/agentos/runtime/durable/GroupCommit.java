package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.durable.Journal.Batch;
import io.agentos.runtime.durable.Journal.Receipt;
import io.agentos.runtime.durable.Journal.Ticket;
import io.agentos.runtime.store.Gathering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thread that commits what many tasks write. While a commit waits for the disk the next batch
 * gathers, so that the disk's own time sets the size of a group and a lone task waits for nobody.
 *
 * <p>Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int BATCHES_MAX = 1_024;
  private static final int QUEUED_MAX = 16_384;
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final int TRIES_MAX = 5;
  private static final long PAUSE_MILLIS = 200;

  private final Consumer<List<Slot>> commit;
  private final Predicate<Batch> stored;
  private final Gathering<Slot> gathering = new Gathering<>(QUEUED_MAX);
  private final Thread thread;

  /**
   * @param commit commits all slots in one transaction and completes each, or throws and completes
   *     none
   * @param stored whether a batch is durable although its commit seemed to fail
   */
  GroupCommit(Consumer<List<Slot>> commit, Predicate<Batch> stored) {
    this.commit = commit;
    this.stored = stored;
    this.thread = Thread.ofPlatform().name("group-commit").daemon().start(this::run);
  }

  /** A batch on its way, and the task that waits for it. */
  static final class Slot implements Ticket {
    private final Batch batch;
    private final @Nullable Ticket after;
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile @Nullable Receipt receipt;
    private volatile @Nullable RuntimeException failure;

    Slot(Batch batch, @Nullable Ticket after) {
      this.batch = batch;
      this.after = after;
    }

    /** Whether the task's batch before lets this one be stored; {@code group} is under way. */
    boolean mayFollow(Map<Slot, Receipt> group) {
      if (!(after instanceof Slot before)) {
        return true;
      }
      Receipt outcome = group.get(before);
      return (outcome == null ? before.receipt : outcome) instanceof Receipt.Stored;
    }

    Batch batch() {
      return batch;
    }

    void done(Receipt result) {
      receipt = result;
      latch.countDown();
    }

    void failed(RuntimeException cause) {
      failure = cause;
      latch.countDown();
    }

    boolean isDone() {
      return latch.getCount() == 0;
    }

    /**
     * Has no bound of its own: each try of the committing thread has one, and so have the tries.
     */
    @Override
    public Receipt await() {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
      RuntimeException cause = failure;
      if (cause != null) {
        throw cause;
      }
      Receipt result = receipt;
      if (result == null) {
        throw new IllegalStateException("a finished slot has a receipt");
      }
      return result;
    }
  }

  private static AgentOsException interrupted(InterruptedException e) {
    return new AgentOsException(
        ErrorCode.STORE_UNAVAILABLE, "Interrupted while a commit was under way.", e);
  }

  /** Sends a batch on its way. */
  Slot send(Batch batch, @Nullable Ticket after) {
    Slot slot = new Slot(batch, after);
    try {
      if (!gathering.offer(slot, WAIT_MAX)) {
        throw new AgentOsException(
            ErrorCode.STORE_UNAVAILABLE, "The journal is full or closed; try again later.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    return slot;
  }

  @Override
  public void close() {
    gathering.close(thread, WAIT_MAX);
  }

  private void run() {
    List<Slot> slots = new ArrayList<>(BATCHES_MAX);
    while (gathering.take(slots, BATCHES_MAX)) {
      commitAll(slots);
      slots.clear();
    }
  }

  private void commitAll(List<Slot> slots) {
    try {
      commit.accept(slots);
    } catch (RuntimeException e) {
      if (slots.size() > 1) {
        LOG.log(
            System.Logger.Level.DEBUG, "group of {0} falls back to single commits", slots.size());
      }
      for (Slot slot : slots) {
        if (!slot.isDone()) {
          commitAlone(slot);
        }
      }
    }
  }

  /**
   * One batch in a transaction of its own, so that a bad one fails alone; a lost answer is found.
   */
  private void commitAlone(Slot slot) {
    if (!slot.mayFollow(Map.of())) {
      slot.done(new Receipt.Refused());
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        if (stored.test(slot.batch)) {
          slot.done(new Receipt.Stored(false));
          return;
        }
        commit.accept(List.of(slot));
        return;
      } catch (AgentOsException e) {
        if (e.code() != ErrorCode.STORE_UNAVAILABLE
            || attempt == TRIES_MAX
            || gathering.isClosed()) {
          slot.failed(e);
          return;
        }
        pause();
      } catch (RuntimeException e) {
        slot.failed(e);
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      gathering.close();
    }
  }
}
