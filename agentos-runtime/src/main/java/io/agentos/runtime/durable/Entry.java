package io.agentos.runtime.durable;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a task's journal, which is also one event of the task.
 *
 * @param seq the place in the journal, from 1, without gaps
 * @param type an event type of the contract, or {@value #STEP_FAILED}
 * @param position the place of the step in the program, from 1; 0 when the line is no step's
 * @param name the step's name; empty when the line is no step's
 * @param state what became of the step's attempt; null when the line is no step's
 * @param body JSON; empty for none
 */
public record Entry(
    int seq,
    String type,
    int position,
    String name,
    @Nullable State state,
    int attempt,
    Instant at,
    String body) {
  static final String STEP_INTENT = "step.intent";
  static final String STEP_COMMITTED = "step.committed";
  static final String STEP_FAILED = "step.failed";
  static final String STEP_UNKNOWN = "step.unknown";
  static final String STEP_DISCARDED = "step.discarded";
  static final String TASK_WAITING = "task.waiting";

  /** What became of one attempt of a step. */
  public enum State {
    INTENT,
    COMMITTED,
    FAILED,
    UNKNOWN,
    DISCARDED;

    /** The name in JSON and in the database. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name. */
    public static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The same line with a body. */
  Entry with(String body) {
    return new Entry(seq, type, position, name, state, attempt, at, body);
  }

  /** The same attempt with another outcome. */
  Entry discarded() {
    return new Entry(seq, STEP_DISCARDED, position, name, State.DISCARDED, attempt, at, body);
  }
}
