package io.agentos.runtime.state;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
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

  public TaskEvents(Database database) {
    this.database = database;
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
        tx ->
            tx.query(
                TaskEventsSql.AFTER,
                TaskEvents::event,
                BODY_BYTES_MAX,
                BODY_BYTES_MAX,
                tenant.value(),
                task.value(),
                seq,
                limit));
  }

  private static Event event(Row row) {
    String state = row.optionalText("state");
    Entry entry =
        new Entry(
            row.number("seq"),
            row.text("type"),
            row.number("position"),
            row.text("name"),
            state == null ? null : Entry.State.of(state),
            row.number("attempt"),
            row.instant("at"),
            row.text("body"));
    return new Event(entry, row.number("left_out"));
  }
}
