package io.agentos.runtime.durable;

import io.agentos.api.AuditEntry;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.StoredBody;
import io.agentos.runtime.vault.TaskKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the story of each task is kept.
 *
 * <p>Thread-safe: many tasks write at once.
 */
public interface Journal {

  /**
   * The journals of tasks, each in order, opened with its key. A journal that does not open is left
   * out.
   */
  Map<TaskRef, List<Entry>> load(List<TaskKey> tasks);

  /**
   * Sends {@code batch} on its way: all of it becomes durable, or nothing, and batches in the order
   * they were sent.
   *
   * @param after the task's batch before, when nobody has looked at its receipt yet: unless that
   *     one was stored, this one is refused
   */
  Ticket send(Batch batch, @Nullable Ticket after);

  /** A batch on its way. */
  interface Ticket {
    /**
     * Waits until the batch is durable or refused.
     *
     * @throws io.agentos.api.AgentOsException STORE_UNAVAILABLE when it cannot be said that it is
     *     durable: the task must be given up and claimed anew
     * @throws io.agentos.runtime.store.Tx.UnexpectedRows when a condition of its writes failed
     */
    Receipt await();
  }

  /**
   * What one task writes at once.
   *
   * @param epoch the epoch in which the writer claimed the task
   * @param reach what the intent or outcome in it touches; kill switches are checked against it
   * @param entries at least one, in order, with the next free numbers
   * @param bodies the sealed bodies of the entries, in the same order
   * @param checked whether a kill switch on {@code reach} refuses an intent and discards an outcome
   */
  record Batch(
      TaskRef task,
      long epoch,
      Reach reach,
      boolean checked,
      List<Entry> entries,
      List<StoredBody> bodies,
      List<Write> writes,
      List<AuditEntry> audits) {
    public Batch {
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a batch has at least one entry");
      }
      if (entries.size() != bodies.size()) {
        throw new IllegalArgumentException("each entry has a body");
      }
      entries = List.copyOf(entries);
      bodies = List.copyOf(bodies);
      writes = List.copyOf(writes);
      audits = List.copyOf(audits);
    }
  }

  /** What became of a batch. */
  sealed interface Receipt {
    /** It is durable. */
    record Stored(boolean cancelled) implements Receipt {}

    /** A kill switch covers it: an intent was not stored, an outcome was stored as discarded. */
    record Killed(KillSwitch killSwitch) implements Receipt {}

    /** The writer no longer owns the task; nothing was stored. */
    record Fenced() implements Receipt {}

    /** The batch before was not stored; neither was this one. */
    record Refused() implements Receipt {}
  }
}
