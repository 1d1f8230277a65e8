package io.agentos.runtime.durable;

/**
 * Unwinds a program from a line it cannot pass now. An {@code Error}, so that no {@code catch
 * (Exception e)} swallows it; caught by the worker alone.
 */
public final class Suspension extends Error {
  private static final long serialVersionUID = 1L;

  /** Why the program stops here. */
  public enum Cause {
    /** The task waits; its row says for what. */
    WAITING,
    /** The node is going down; another may go on at once. */
    RELEASED,
    /** Another node owns the task now; what this one knows is worth nothing. */
    FENCED,
    /** Someone cancelled the task. */
    CANCELLED
  }

  private final Cause reason;

  Suspension(Cause reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** Why the program stops here. */
  public Cause reason() {
    return reason;
  }
}
