package io.agentos.runtime.durable;

import io.agentos.api.Request;
import io.agentos.api.Response;

/** What a task runs. Thread-safe: a task's state lives in its {@link Durable}, none lives here. */
public interface Program {

  /** The name and version that tasks are pinned to, such as {@code orchestrator/1}. */
  String version();

  /** Runs a task from request to response; the last thing it does is {@link #end}. */
  Response run(Durable durable, Request request);

  /**
   * Ends a task with {@code response}: persists it, audits it. Also called by the worker for a task
   * that was cancelled or that cannot go on.
   */
  Response end(Durable durable, Request request, Response response);
}
