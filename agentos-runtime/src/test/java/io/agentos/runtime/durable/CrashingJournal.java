package io.agentos.runtime.durable;

import io.agentos.runtime.vault.TaskKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose process dies at the n-th write: before it reaches the disk, or after, when nobody
 * has heard of it. From then on nothing gets through, as from a dead process.
 */
public final class CrashingJournal implements Journal {
  /** On which side of a write the process dies. */
  public enum Side {
    BEFORE,
    AFTER
  }

  private final Journal journal;
  private final int at;
  private final Side side;
  private final AtomicInteger writes = new AtomicInteger();
  private final CountDownLatch crashed = new CountDownLatch(1);

  public CrashingJournal(Journal journal, int at, Side side) {
    this.journal = journal;
    this.at = at;
    this.side = side;
  }

  /** The death of the process. An Error that nothing in the runtime knows. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the process is dead", null, false, false);
    }
  }

  /** How many writes were tried. */
  public int writes() {
    return writes.get();
  }

  /** Whether the process died within {@code millis}. */
  public boolean diedWithin(long millis) throws InterruptedException {
    return crashed.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Map<TaskRef, List<Entry>> load(List<TaskKey> tasks) {
    return journal.load(tasks);
  }

  @Override
  public Ticket send(Batch batch, @Nullable Ticket after) {
    int number = writes.incrementAndGet();
    if (number < at) {
      return journal.send(batch, after);
    }
    if (number == at && side == Side.AFTER) {
      journal.send(batch, after).await();
    }
    crashed.countDown();
    throw new Death();
  }
}
