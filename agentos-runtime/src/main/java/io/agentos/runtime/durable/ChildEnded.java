package io.agentos.runtime.durable;

import io.agentos.api.TaskId;

/**
 * What a task may await of one that it asked for: that it has ended, however it did.
 *
 * @param state the state it ended in
 */
public record ChildEnded(String state) {

  /** The name of the signal that {@code child} has ended. */
  public static String signal(TaskId child) {
    return "child:" + child;
  }
}
