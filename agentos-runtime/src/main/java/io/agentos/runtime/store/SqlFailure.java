package io.agentos.runtime.store;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failed statement means. Classes of SQLSTATE as in the Postgres manual, appendix A.
 *
 * <p>The message names the SQLSTATE and the constraint, never the values: Postgres puts those into
 * its own message.
 */
public final class SqlFailure {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private SqlFailure() {}

  static AgentOsException of(SQLException failure) {
    String state = failure.getSQLState() == null ? "none" : failure.getSQLState();
    if (isUnavailable(state)) {
      return AgentOsException.retryAfter(
          ErrorCode.STORE_UNAVAILABLE,
          "Postgres does not answer (SQLSTATE %s); what was not acknowledged may be sent again."
              .formatted(state),
          RETRY_AFTER,
          failure);
    }
    return new AgentOsException(
        ErrorCode.INTERNAL,
        "Postgres refused a statement (SQLSTATE %s).".formatted(state),
        failure);
  }

  /** Whether {@code failure} is a refused duplicate of a unique or primary key. */
  public static boolean isDuplicate(Throwable failure) {
    return "23505".equals(sqlState(failure));
  }

  /** Whether the statement waited longer for a lock than it may. */
  public static boolean isLockTimeout(Throwable failure) {
    return "55P03".equals(sqlState(failure));
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql.getSQLState();
      }
    }
    return null;
  }

  /** Connection lost, server starting or stopping, out of resources, deadlock, time-out. */
  private static boolean isUnavailable(String state) {
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("40")
        || state.startsWith("25P0")
        || state.equals("55P03")
        || state.equals("58030")
        || state.equals("none");
  }
}
