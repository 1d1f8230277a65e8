package io.agentos.api;

import java.util.UUID;

/** The id of a task, written {@code task_…}. */
public record TaskId(UUID value) {
  private static final String PREFIX = "task";

  /** A new id, later than all before it. */
  public static TaskId next() {
    return new TaskId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static TaskId parse(String text) {
    return new TaskId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
