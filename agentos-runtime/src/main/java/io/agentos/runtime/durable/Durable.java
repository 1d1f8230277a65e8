package io.agentos.runtime.durable;

import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * The only way a running program touches the world. Between its calls a program is deterministic:
 * no clock, no randomness, no input or output of its own.
 *
 * <p>Not thread-safe: one task, one thread.
 */
public interface Durable {

  /**
   * Runs {@code effect} at least once and returns its first journaled result. For what changes
   * nothing outside, such as a decision: its result becomes durable no later than the next effect,
   * transaction or wait of the task.
   *
   * @param type a record, sealed type, String, number or Boolean of the api, as JSON
   */
  <T> T step(String name, Class<T> type, Effect<T> effect);

  /**
   * Runs {@code effect} under the ledger: the intent commits before the call; its outcome is on its
   * way to disk when this returns, and durable before the task's next intent, transaction or wait.
   * After a crash in between it is tried again under the same key when {@code intent} says that is
   * harmless, and waits for a person to reconcile it when not. Errors that may pass are tried again
   * after a pause, without holding a thread.
   */
  <T> T effect(Intent intent, Class<T> type, Effect<T> effect);

  /**
   * Runs {@code work} and commits its writes and its result together, exactly once. Durable when
   * this returns. {@code work} must not touch the world outside of {@link Step}.
   */
  <T> T transaction(String name, Class<T> type, Effect<T> work);

  /**
   * The signal of this name sent to the task, or empty after {@code timeout}. Holds no thread: the
   * task is put away and woken.
   */
  <T> Optional<T> await(String name, WaitReason reason, Class<T> type, Duration timeout);

  /** What the task's steps have used so far. */
  Usage usage();

  /**
   * How long the task's effects have taken so far; waiting for people and timers does not count.
   */
  Duration busy();
}
