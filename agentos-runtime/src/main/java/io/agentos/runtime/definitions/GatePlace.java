package io.agentos.runtime.definitions;

/** Where a gate stands. */
public enum GatePlace {
  /** As a task begins. */
  TASK,
  /** Before a model call. */
  MODEL,
  /** Before a tool call. */
  TOOL,
  /** Before the task answers. */
  OUTPUT
}
