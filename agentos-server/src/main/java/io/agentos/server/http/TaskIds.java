package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Tx;
import java.util.Optional;

/** Tasks that a request names in its body: one that is not there is the body's fault. */
final class TaskIds {
  static final String NO_TASK = "must be the id of a task";

  private TaskIds() {}

  /** The id in a text; empty when it is none. */
  static Optional<TaskId> parse(String text) {
    try {
      return Optional.of(TaskId.parse(text));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  /** Refuses a request that names a task the tenant does not have. */
  static void mustExist(StateStore stateStore, Tx tx, TenantId tenant, Named task) {
    try {
      stateStore.task(tx, tenant, task.id());
    } catch (AgentOsException e) {
      throw e.code() == ErrorCode.NOT_FOUND ? FieldProblems.failure(task.path(), NO_TASK) : e;
    }
  }

  /** A task, and where the request names it. */
  record Named(String path, TaskId id) {}
}
