package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.sql.connection.TooMuchSentException;
import io.agentos.tools.sql.migration.MigrationCheck;
import io.agentos.tools.sql.schema.LoadOutcome;
import io.agentos.tools.sql.schema.SchemaLoader;
import io.agentos.tools.sql.scratch.ScratchDatabase;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Tries a migration out on a throw-away copy of the schema it is for. */
final class MigrationTool implements Tool {
  private static final Set<ErrorCode> OF_CALLER =
      Set.of(ErrorCode.INVALID_ARGUMENTS, ErrorCode.OUTSIDE_ROOTS);

  private final ScratchDatabases scratch;
  private final SqlFiles files;

  MigrationTool(ScratchDatabases scratch, SqlFiles files) {
    this.scratch = scratch;
    this.files = files;
  }

  @Override
  public ToolSpec spec() {
    return SqlSpecs.CHECK_MIGRATION;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    try {
      String schema =
          arguments.optionalText(SqlSpecs.SCHEMA).map(sql -> SqlText.of(sql, files)).orElse("");
      String migration = SqlText.of(arguments.text(SqlSpecs.MIGRATION), files);
      if (migration.isBlank()) {
        return ToolResult.failure("The migration is empty. Give its SQL.");
      }
      return run(schema, migration);
    } catch (AgentOsException e) {
      if (OF_CALLER.contains(e.code())) {
        return ToolResult.failure(e.detail());
      }
      throw e;
    }
  }

  private ToolResult run(String schema, String migration) {
    try {
      return scratch.with(database -> check(database, schema, migration));
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

  private static ToolResult check(ScratchDatabase database, String schema, String migration)
      throws SQLException {
    LoadOutcome outcome;
    try (Connection connection = database.open()) {
      outcome = SchemaLoader.load(connection, schema);
    }
    return switch (outcome) {
      case LoadOutcome.Rejected rejected -> SchemaInspection.rejected(rejected);
      case LoadOutcome.Loaded loaded -> {
        try (Connection connection = database.open()) {
          connection.setAutoCommit(false);
          yield MigrationCheck.run(connection, migration, loaded.supabase(), loaded.notes());
        }
      }
    };
  }
}
