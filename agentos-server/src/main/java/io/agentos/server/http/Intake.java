package io.agentos.server.http;

import io.agentos.api.Request;
import io.agentos.runtime.store.Tx;
import org.jspecify.annotations.Nullable;

/** Takes new tasks in. Thread-safe. */
@FunctionalInterface
public interface Intake {
  /**
   * Stores a task, ready to run, with the commit of the transaction.
   *
   * @param subject whom it is about; null for nobody
   */
  void accept(Tx tx, Request request, @Nullable String subject);
}
