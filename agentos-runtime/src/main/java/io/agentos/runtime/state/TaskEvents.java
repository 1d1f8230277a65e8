package io.agentos.runtime.state;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import java.util.List;

/**
 * The journals of tasks for those who follow them: line by line, without long bodies, so that a
 * reader costs little however much its task has to say.
 *
 * <p>Thread-safe.
 */
public final class TaskEvents {
  /** A body that is longer in UTF-8 stays in the database. */
  public static final int BODY_BYTES_MAX = 8 * 1024;

  private final Database database;
  private final DataKeys keys;

  public TaskEvents(Database database, DataKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /**
   * A line of a journal.
   *
   * @param entry the line; its body is empty when it was left out
   * @param bodyLength the bytes of the body that was left out; 0 when none was
   */
  public record Event(Entry entry, int bodyLength) {}

  /** The lines of a task's journal after {@code seq}, in order. */
  public List<Event> after(TenantId tenant, TaskId task, int seq, int limit) {
    return database.inTenant(
        tenant,
        tx -> {
          TaskKey key =
              keys.in(tx, tenant).find(tx, task).orElseGet(() -> TaskKey.none(tenant, task));
          int bytesMax = BODY_BYTES_MAX + (key.id() == null ? 0 : TaskKey.OVERHEAD_BYTES);
          return tx.query(
              TaskEventsSql.AFTER,
              row -> event(row, key),
              bytesMax,
              bytesMax,
              tenant.value(),
              task.value(),
              seq,
              limit);
        });
  }

  private static Event event(Row row, TaskKey key) {
    int leftOut = row.number("left_out");
    if (key.isErased() || leftOut == 0) {
      return new Event(TaskRows.entry(row, key), 0);
    }
    Entry entry = TaskRows.entry(row, "");
    return new Event(entry, leftOut - (key.id() == null ? 0 : TaskKey.OVERHEAD_BYTES));
  }
}
