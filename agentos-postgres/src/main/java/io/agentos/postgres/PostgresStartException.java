package io.agentos.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A server that could not be started. The message says what was tried, what happened and what to
 * do, and ends with the last lines of the server's log where there are any.
 */
public final class PostgresStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresStartException(String message) {
    super(message);
  }

  PostgresStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
