package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.spi.Egress;
import io.agentos.tools.sql.connection.BoundedConnections;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a database in use, in one read-only transaction that is rolled back. */
final class LiveInspection {
  private LiveInspection() {}

  /**
   * Looks at a database.
   *
   * @param egress asked for the address to connect to, unless the operator named the database: what
   *     stands in the server's environment may well be inside
   */
  static ToolResult run(ConnectionString target, Egress egress, Inspection inspection) {
    try (Connection connection = target.ofOperator() ? open(target) : open(target, egress)) {
      try {
        return inspection.ofLive(connection, notes(target));
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      return explain(target, e);
    }
  }

  /**
   * A connection that cannot write. What it sets, it sets for its transaction only: behind a pooler
   * the session goes on to somebody else.
   */
  static Connection open(ConnectionString target) throws SQLException {
    return onlyReading(BoundedConnections.open(target.jdbcUrl(), target.login()));
  }

  private static Connection open(ConnectionString target, Egress egress) throws SQLException {
    InetAddress address = egress.addresses(target.host(), target.port()).getFirst();
    return onlyReading(BoundedConnections.open(target.jdbcUrl(), target.login(), address));
  }

  private static Connection onlyReading(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LiveInspectionSql.ONLY_READ);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static List<String> notes(ConnectionString target) {
    List<String> notes = new ArrayList<>();
    if (!target.ignored().isEmpty()) {
      notes.add(
          "Options of the address that were not used: %s."
              .formatted(String.join(", ", target.ignored())));
    }
    return notes;
  }

  /** What the caller can mend is a result; what may pass later is thrown. */
  private static ToolResult explain(ConnectionString target, SQLException e) {
    return mendable(target, e)
        .map(ToolResult::failure)
        .orElseThrow(() -> unreachable(target, e, ErrorCode.TOOL_UNAVAILABLE));
  }

  /** What is wrong with the address, where that is what is wrong; never with its password. */
  static Optional<String> mendable(ConnectionString target, SQLException e) {
    String user = target.redact(target.login().user());
    return Optional.ofNullable(
        switch (state(e)) {
          case "28P01", "28000" ->
              "The database refused the login of the user %s. Check user and password."
                  .formatted(user);
          case "3D000" ->
              "The server has no database of the name %s."
                  .formatted(target.redact(target.database()));
          case "42501" -> "The user %s may not connect to the database.".formatted(user);
          default -> null;
        });
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  static AgentOsException unreachable(ConnectionString target, SQLException e, ErrorCode code) {
    String state = state(e);
    String message = e.getMessage() == null ? "no reason given" : target.redact(e.getMessage());
    return new AgentOsException(
        code,
        "The database at %s, port %d, could not be audited: %s (SQLSTATE %s)."
            .formatted(
                target.host(),
                target.port(),
                message.lines().findFirst().orElse("no reason given"),
                state.isEmpty() ? "unknown" : state));
  }
}
