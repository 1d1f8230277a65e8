package io.agentos.runtime.durable;

import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.Usage;
import io.agentos.runtime.store.Write;
import java.util.List;
import java.util.Map;

/** A step while it runs: who it is, and what shall commit together with its result. */
public interface Step {

  /** The step's identity, the same at each attempt. */
  StepKey key();

  /** Counted from 1. */
  int attempt();

  /**
   * The attempts before this one that ended with their process, and of which nobody has told what
   * they used.
   */
  List<Integer> lostAttempts();

  /**
   * Seals a text of the task for a write, so that it lies unreadable in its row.
   *
   * @param place its table, column and what tells the row apart, such as {@code task.output}
   */
  byte[] seal(String place, String text);

  /** Adds a write that commits with the result; a failed condition makes the step fail. */
  void write(Write write);

  /** Adds an audit entry that commits with what becomes of this attempt. */
  void audit(AuditEntry entry);

  /**
   * Adds an event of the task, of a type of the contract, that commits with what becomes of this
   * attempt.
   */
  void event(String type, Map<String, Object> body);

  /**
   * Adds a write that commits with what becomes of this attempt, whether it succeeds, fails or is
   * discarded: what was paid is booked. Must hold no condition.
   */
  void book(Write write);

  /** Adds to what the task has used, whatever becomes of this attempt. */
  void used(Usage usage);
}
