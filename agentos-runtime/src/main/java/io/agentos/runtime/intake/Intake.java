package io.agentos.runtime.intake;

import io.agentos.api.AuditEntry;
import io.agentos.api.Request;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Step 1 seen from outside: stores a request as a task, in the caller's transaction.
 *
 * <p>Thread-safe.
 */
public final class Intake {
  private final StateStore stateStore;
  private final Audit audit;
  private final String program;

  /**
   * @param program the version of the program that shall run the tasks
   */
  public Intake(StateStore stateStore, Audit audit, String program) {
    this.stateStore = stateStore;
    this.audit = audit;
    this.program = program;
  }

  /** Stores the task, ready to run, and records who asked; {@code subject} null for nobody. */
  public void accept(Tx tx, Request request, @Nullable String subject) {
    stateStore.create(tx, request, program, subject);
    audit.append(
        tx,
        List.of(
            new AuditEntry(
                request.tenant(),
                "task.created",
                request.principal(),
                request.task().toString(),
                Map.of("priority", String.valueOf(request.priority())))));
  }
}
