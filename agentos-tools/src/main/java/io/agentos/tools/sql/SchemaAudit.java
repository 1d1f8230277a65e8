package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.tools.sql.connection.TooMuchSentException;
import io.agentos.tools.sql.rls.RlsAudit;
import io.agentos.tools.sql.rls.RlsReport;
import io.agentos.tools.sql.schema.LoadOutcome;
import io.agentos.tools.sql.schema.SchemaLoader;
import io.agentos.tools.sql.scratch.ScratchDatabase;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audits a schema by applying it to a throw-away database. */
final class SchemaAudit {
  private final ScratchDatabases scratch;

  SchemaAudit(ScratchDatabases scratch) {
    this.scratch = scratch;
  }

  ToolResult run(String sql) {
    try {
      return scratch.with(database -> audit(database, sql));
    } catch (SQLException e) {
      if (TooMuchSentException.caused(e)) {
        return ToolResult.failure(
            "The SQL makes the database send too many rows or messages. Leave out what prints.");
      }
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE,
          "The throw-away database broke off (SQLSTATE %s); try again.".formatted(e.getSQLState()),
          e);
    }
  }

  private static ToolResult audit(ScratchDatabase database, String sql) throws SQLException {
    LoadOutcome outcome;
    try (Connection connection = database.open()) {
      outcome = SchemaLoader.load(connection, sql);
    }
    return switch (outcome) {
      case LoadOutcome.Rejected rejected -> rejected(rejected);
      case LoadOutcome.Loaded loaded -> audit(database, loaded);
    };
  }

  /** On a connection of its own: what the schema set on the other does not count. */
  private static ToolResult audit(ScratchDatabase database, LoadOutcome.Loaded loaded)
      throws SQLException {
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      RlsReport report = RlsAudit.ofCopy(connection, loaded.supabase());
      return new ToolResult(report.markdown(loaded.notes()), report.fields(loaded.notes()), false);
    }
  }

  private static ToolResult rejected(LoadOutcome.Rejected rejected) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("line", rejected.line());
    error.put("sqlstate", rejected.sqlState());
    error.put("message", rejected.message());
    error.put("statement", rejected.statement());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("error", error);
    fields.put("notes", rejected.notes());
    String text =
        "The SQL cannot be applied. Line %d: %s (SQLSTATE %s)\n\n    %s\n"
            .formatted(
                rejected.line(), rejected.message(), rejected.sqlState(), rejected.statement());
    String notes = rejected.notes().isEmpty() ? "" : "\n- " + String.join("\n- ", rejected.notes());
    return new ToolResult(text + notes, fields, true);
  }
}
