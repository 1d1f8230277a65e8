package io.agentos.server.http;

import io.agentos.api.Request;
import io.agentos.runtime.store.Tx;

/** Takes new tasks in. Thread-safe. */
@FunctionalInterface
public interface Intake {
  /** Stores a task, ready to run, with the commit of the transaction. */
  void accept(Tx tx, Request request);
}
