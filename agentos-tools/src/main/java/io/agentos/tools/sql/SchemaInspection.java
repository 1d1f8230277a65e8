package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.tools.sql.connection.TooMuchSentException;
import io.agentos.tools.sql.schema.LoadOutcome;
import io.agentos.tools.sql.schema.SchemaLoader;
import io.agentos.tools.sql.scratch.ScratchDatabase;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a schema by applying it to a throw-away database. */
final class SchemaInspection {
  private final ScratchDatabases scratch;

  private final Inspection inspection;

  SchemaInspection(ScratchDatabases scratch, Inspection inspection) {
    this.scratch = scratch;
    this.inspection = inspection;
  }

  ToolResult run(String sql, Optional<String> queries) {
    try {
      return scratch.with(database -> look(database, sql, queries));
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

  private ToolResult look(ScratchDatabase database, String sql, Optional<String> queries)
      throws SQLException {
    LoadOutcome outcome;
    try (Connection connection = database.open()) {
      outcome = SchemaLoader.load(connection, sql);
    }
    return switch (outcome) {
      case LoadOutcome.Rejected rejected -> rejected(rejected);
      case LoadOutcome.Loaded loaded ->
          look(database, new Inspection.Copy(loaded.supabase(), queries, loaded.notes()));
    };
  }

  /** On a connection of its own: what the schema set on the other does not count. */
  private ToolResult look(ScratchDatabase database, Inspection.Copy copy) throws SQLException {
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      return inspection.ofCopy(connection, copy);
    }
  }

  static ToolResult rejected(LoadOutcome.Rejected rejected) {
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
