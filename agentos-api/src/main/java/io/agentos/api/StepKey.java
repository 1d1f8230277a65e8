package io.agentos.api;

/**
 * The identity of one step of one task, derived by the engine: the same before and after a crash.
 *
 * @param position the step's place in the program, counted from 1
 * @param name the step's name, such as {@code turn-1/model}
 */
public record StepKey(TenantId tenant, TaskId task, int position, String name) {

  /**
   * The key to send along with an effect, so that a receiver which remembers keys does it once.
   * Longest 64 characters of {@code a-z 0-9 _ -}.
   */
  public String idempotencyKey() {
    return task + "-" + position;
  }
}
