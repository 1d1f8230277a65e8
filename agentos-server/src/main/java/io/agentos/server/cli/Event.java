package io.agentos.server.cli;

import java.time.Instant;

/**
 * Something that happened to a task.
 *
 * @param id its number in the task, as the server writes it
 * @param type such as {@code step.committed}
 * @param body the CloudEvents document
 */
record Event(String id, String type, Fields body) {

  /** When it happened; the beginning of time when the server does not say. */
  Instant time() {
    return body.time("time").orElse(Instant.EPOCH);
  }

  /** What is told about it. */
  Fields data() {
    return body.in("data");
  }

  /** Whether the task has ended with it. */
  boolean last() {
    return switch (type) {
      case "task.completed", "task.failed", "task.denied", "task.cancelled" -> true;
      default -> false;
    };
  }
}
