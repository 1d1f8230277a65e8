package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.schema.LoadNotes.Omission;
import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Applies SQL as the owner of a throw-away database, statement by statement. One use, one thread.
 *
 * <p>What only psql or a superuser can do, and what is about rows, is left out with a note when it
 * cannot be done. Roles that the SQL names and does not make are made.
 */
public final class SchemaLoader {
  private final StatementRunner runner;
  private final LoadNotes notes = new LoadNotes();

  private SchemaLoader(Connection connection) {
    this.runner = new StatementRunner(connection, notes);
  }

  /**
   * Applies a schema.
   *
   * @param connection of the owner, with autocommit on
   * @throws SQLException when the connection breaks, not when Postgres refuses a statement
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when there are too many statements
   */
  public static LoadOutcome load(Connection connection, String sql) throws SQLException {
    return new SchemaLoader(connection).load(SqlScript.split(sql));
  }

  private LoadOutcome load(List<ScriptPart> parts) throws SQLException {
    Origin origin = Origin.of(parts);
    open(origin);
    for (ScriptPart part : parts) {
      Optional<LoadOutcome.Rejected> rejected =
          switch (part) {
            case ScriptPart.Statement statement -> runner.run(statement);
            case ScriptPart.PsqlCommand command -> passOver(command);
            case ScriptPart.CopyRows rows -> passOver(rows);
          };
      if (rejected.isPresent()) {
        return rejected.get();
      }
    }
    runner.finish();
    return new LoadOutcome.Loaded(origin != Origin.PLAIN, notes.all());
  }

  private void open(Origin origin) throws SQLException {
    switch (origin) {
      case PLAIN -> {
        notes.say("Checked as plain PostgreSQL: open is what the SQL grants.");
        runner.own(SchemaSql.CLOSE_SUPABASE);
      }
      case UNKNOWN -> {
        notes.say(
            "The SQL names no roles. It was checked as Supabase runs it: there visitors (anon) and"
                + " signed-in users (authenticated) reach every table in the schema public.");
        openAsSupabase();
      }
      case SUPABASE -> openAsSupabase();
    }
  }

  private void openAsSupabase() throws SQLException {
    runner.own(SchemaSql.OPEN_AS_SUPABASE);
    for (String extension : SchemaSql.EXTENSIONS.values()) {
      runner.own(extension);
    }
  }

  private Optional<LoadOutcome.Rejected> passOver(ScriptPart.PsqlCommand command) {
    String text = command.text().toLowerCase(Locale.ROOT);
    if (!text.startsWith("\\restrict") && !text.startsWith("\\unrestrict")) {
      notes.omit(Omission.PSQL, command.line());
    }
    return Optional.empty();
  }

  private Optional<LoadOutcome.Rejected> passOver(ScriptPart.CopyRows rows) {
    notes.omit(Omission.ROWS, rows.line());
    return Optional.empty();
  }
}
