package io.agentos.api;

/** How a task ended. */
public sealed interface Response {
  /** What it used until then. */
  Usage usage();

  /** The terminal state this ending puts the task in. */
  default TaskState state() {
    return switch (this) {
      case Completed _ -> TaskState.COMPLETED;
      case Denied _ -> TaskState.DENIED;
      case Failed _ -> TaskState.FAILED;
      case Cancelled _ -> TaskState.CANCELLED;
    };
  }

  /** The work is done. */
  record Completed(Output output, Usage usage) implements Response {}

  /**
   * It was not allowed.
   *
   * @param code POLICY_DENIED, GATE_BLOCKED or APPROVAL_REJECTED
   * @param by the rule, gate or approval that said no
   */
  record Denied(ErrorCode code, String by, String reason, Usage usage) implements Response {}

  /** It went wrong in a way no repeat would cure. */
  record Failed(ErrorCode code, String detail, Usage usage) implements Response {}

  /** Someone cancelled it. */
  record Cancelled(String reason, Usage usage) implements Response {}
}
