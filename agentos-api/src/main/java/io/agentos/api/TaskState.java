package io.agentos.api;

import java.util.Locale;

/** Where a task stands. A terminal state is never left. */
public enum TaskState {
  QUEUED,
  RUNNING,
  WAITING,
  COMPLETED,
  FAILED,
  DENIED,
  CANCELLED;

  /** Why a waiting task waits. */
  public enum WaitReason {
    APPROVAL,
    TIMER,
    RECONCILE,
    CHILD,
    CAPACITY,
    KILLED;

    /** The name in JSON and in the database. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of this name. */
    public static WaitReason of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether it has ended. */
  public boolean terminal() {
    return switch (this) {
      case QUEUED, RUNNING, WAITING -> false;
      case COMPLETED, FAILED, DENIED, CANCELLED -> true;
    };
  }

  /** Whether a task may go from here to {@code next}. */
  public boolean mayBecome(TaskState next) {
    return switch (this) {
      case QUEUED -> next == RUNNING || next == CANCELLED;
      case RUNNING -> next != QUEUED && next != RUNNING;
      case WAITING -> next == RUNNING || next == CANCELLED;
      case COMPLETED, FAILED, DENIED, CANCELLED -> false;
    };
  }

  /** The name in JSON and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name. */
  public static TaskState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
