package io.agentos.runtime.durable;

import io.agentos.api.AuditEntry;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.store.Write;
import java.util.List;
import java.util.Map;

/**
 * Where the story of each task is kept.
 *
 * <p>Thread-safe: many tasks write at once.
 */
public interface Journal {

  /** The journals of {@code tasks}, each in order. */
  Map<TaskRef, List<Entry>> load(List<TaskRef> tasks);

  /**
   * Writes all of {@code batch} or nothing of it, and returns when it is durable.
   *
   * @throws io.agentos.api.AgentOsException STORE_UNAVAILABLE when it cannot be said that it is
   *     durable: the task must be given up and claimed anew
   */
  Receipt write(Batch batch);

  /**
   * What one task writes at once.
   *
   * @param epoch the epoch in which the writer claimed the task
   * @param reach what the intent or outcome in it touches; kill switches are checked against it
   * @param entries at least one, in order, with the next free numbers
   * @param checked whether a kill switch on {@code reach} refuses an intent and discards an outcome
   */
  record Batch(
      TaskRef task,
      long epoch,
      Reach reach,
      boolean checked,
      List<Entry> entries,
      List<Write> writes,
      List<AuditEntry> audits) {
    public Batch {
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a batch has at least one entry");
      }
      entries = List.copyOf(entries);
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
  }
}
