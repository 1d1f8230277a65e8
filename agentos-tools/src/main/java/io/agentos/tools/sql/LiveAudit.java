package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.tools.sql.connection.BoundedConnections;
import io.agentos.tools.sql.rls.RlsAudit;
import io.agentos.tools.sql.rls.RlsReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Audits a database in use, in one read-only transaction that is rolled back. */
final class LiveAudit {
  private LiveAudit() {}

  static ToolResult run(ConnectionString target) {
    try (Connection connection = open(target)) {
      try {
        RlsReport report = RlsAudit.ofLive(connection);
        List<String> notes = notes(target);
        return new ToolResult(report.markdown(notes), report.fields(notes), false);
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
    Connection connection = BoundedConnections.open(target.jdbcUrl(), target.login());
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LiveAuditSql.ONLY_READ);
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
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String user = target.redact(target.login().user());
    return switch (state) {
      case "28P01", "28000" ->
          ToolResult.failure(
              "The database refused the login of the user %s. Check user and password."
                  .formatted(user));
      case "3D000" ->
          ToolResult.failure(
              "The server has no database of the name %s."
                  .formatted(target.redact(target.database())));
      case "42501" ->
          ToolResult.failure("The user %s may not connect to the database.".formatted(user));
      default -> throw unreachable(target, e, state);
    };
  }

  private static AgentOsException unreachable(
      ConnectionString target, SQLException e, String state) {
    String message = e.getMessage() == null ? "no reason given" : target.redact(e.getMessage());
    return new AgentOsException(
        ErrorCode.TOOL_UNAVAILABLE,
        "The database at %s, port %d, could not be audited: %s (SQLSTATE %s)."
            .formatted(
                target.host(),
                target.port(),
                message.lines().findFirst().orElse("no reason given"),
                state.isEmpty() ? "unknown" : state));
  }
}
