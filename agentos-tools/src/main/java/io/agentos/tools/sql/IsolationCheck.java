package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.sql.isolation.IsolationLint;
import io.agentos.tools.sql.isolation.IsolationReport;
import io.agentos.tools.sql.isolation.IsolationScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lints the isolation of tenants in a database in use, in one read-only transaction that is rolled
 * back. Thread-safe.
 */
public final class IsolationCheck {
  private IsolationCheck() {}

  /**
   * Connects and asks.
   *
   * @param address {@code postgres://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code env:NAME} for an
   *     environment variable that holds such a line
   * @throws AgentOsException INVALID_REQUEST when the address is none; ENVIRONMENT when the
   *     database cannot be reached or read. Neither quotes the password
   */
  public static IsolationReport run(
      String address, IsolationScope scope, Function<String, Optional<String>> environment) {
    ConnectionString target = parse(address, environment);
    try (Connection connection = LiveInspection.open(target)) {
      try {
        return IsolationLint.run(connection, scope);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw LiveInspection.mendable(target, e)
          .map(told -> new AgentOsException(ErrorCode.ENVIRONMENT, told, e))
          .orElseGet(() -> LiveInspection.unreachable(target, e, ErrorCode.ENVIRONMENT));
    }
  }

  private static ConnectionString parse(
      String address, Function<String, Optional<String>> environment) {
    try {
      return ConnectionString.of(address, environment);
    } catch (AgentOsException e) {
      throw new AgentOsException(ErrorCode.INVALID_REQUEST, e.detail(), e);
    }
  }
}
