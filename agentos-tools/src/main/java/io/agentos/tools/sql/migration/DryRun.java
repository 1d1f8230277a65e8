package io.agentos.tools.sql.migration;

import io.agentos.tools.files.Deadline;
import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs the statements of a migration one by one in the transaction of its connection. */
final class DryRun {
  /** The most statements of one migration. */
  static final int STATEMENTS_MAX = 500;

  private static final int STATEMENT_SECONDS_MAX = 30;
  private static final Duration TIME_MAX = Duration.ofMinutes(2);

  private final Connection connection;
  private final Deadline deadline = Deadline.in(TIME_MAX);
  private final List<Step> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<Failure> failure = Optional.empty();

  /**
   * Why the migration stopped.
   *
   * @param line of the script, as far as Postgres tells
   */
  record Failure(int line, String sqlState, String message, String excerpt) {}

  /** What was seen. */
  record Outcome(Snapshot start, List<Step> steps, Optional<Failure> failure, List<String> notes) {}

  private DryRun(Connection connection) {
    this.connection = connection;
  }

  /** Runs the parts of a script; the transaction is left open for the caller to roll back. */
  static Outcome of(Connection connection, List<ScriptPart> parts) throws SQLException {
    return new DryRun(connection).run(parts);
  }

  private Outcome run(List<ScriptPart> parts) throws SQLException {
    Snapshot start = Snapshot.of(connection);
    Snapshot now = start;
    for (ScriptPart part : parts) {
      if (failure.isPresent()) {
        break;
      }
      if (isOver()) {
        notes.add(
            "Line %d and what follows was not tried: it took too long.".formatted(part.line()));
        break;
      }
      if (part instanceof ScriptPart.Statement statement) {
        now = run(statement, now);
      } else {
        notes.add(
            "Line %d is for psql, or rows for COPY, and was passed over.".formatted(part.line()));
      }
    }
    return new Outcome(start, List.copyOf(steps), failure, List.copyOf(notes));
  }

  private boolean isOver() {
    try {
      return steps.size() >= STATEMENTS_MAX || deadline.isOver();
    } catch (InterruptedIOException e) {
      return true;
    }
  }

  private Snapshot run(ScriptPart.Statement statement, Snapshot now) throws SQLException {
    Shape shape = Shape.of(statement.text());
    if (shape.isTransaction() || shape.setsBound()) {
      return now;
    }
    if (shape.runsAlone()) {
      notes.add(
          "Line %d (%s) runs in no transaction, and was not tried."
              .formatted(statement.line(), shape.words().getFirst()));
      return now;
    }
    boolean concurrent = shape.isConcurrent();
    long target = target(shape.target());
    execute(MigrationSql.SAVEPOINT);
    try {
      execute(concurrent ? withoutConcurrently(statement.text()) : statement.text());
    } catch (SQLException e) {
      broken(e);
      execute(MigrationSql.ROLLBACK_TO);
      refused(statement, shape, e);
      return now;
    }
    execute(MigrationSql.RELEASE);
    Snapshot after = Snapshot.of(connection);
    steps.add(new Step(statement.line(), statement.text(), shape, target, concurrent, now, after));
    return after;
  }

  private long target(String name) throws SQLException {
    if (name.isEmpty()) {
      return 0;
    }
    execute(MigrationSql.SAVEPOINT);
    try (PreparedStatement statement = connection.prepareStatement(MigrationSql.TARGET)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong("relation") : 0;
      }
    } catch (SQLException e) {
      broken(e);
      return 0;
    } finally {
      execute(MigrationSql.ROLLBACK_TO);
    }
  }

  private void refused(ScriptPart.Statement statement, Shape shape, SQLException e) {
    if (shape.starts("CREATE", "EXTENSION")) {
      notes.add(
          "The extension of line %d is not there on the throw-away database; what needs it fails."
              .formatted(statement.line()));
      return;
    }
    String sqlState = e.getSQLState() == null ? "" : e.getSQLState();
    failure =
        Optional.of(
            new Failure(lineOf(statement, e), sqlState, message(e), Words.code(statement.text())));
  }

  private static String withoutConcurrently(String sql) {
    for (SqlToken token : SqlLexer.tokens(sql)) {
      if (sql.substring(token.start(), token.end()).equalsIgnoreCase("CONCURRENTLY")) {
        return sql.substring(0, token.start()) + sql.substring(token.end());
      }
    }
    return sql;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setMaxRows(1);
      statement.setQueryTimeout(STATEMENT_SECONDS_MAX);
      statement.execute(sql);
    }
  }

  private static int lineOf(ScriptPart.Statement part, SQLException e) {
    int position =
        e instanceof PSQLException server && server.getServerErrorMessage() != null
            ? server.getServerErrorMessage().getPosition()
            : 0;
    int end = Math.min(Math.max(0, position - 1), part.text().length());
    return part.line() + (int) part.text().substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private static String message(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    String message = server == null ? e.getMessage() : server.getMessage();
    return message == null ? "no reason given" : Printable.line(message, 300);
  }

  private static void broken(SQLException e) throws SQLException {
    String state = e.getSQLState() == null ? "08000" : e.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      throw e;
    }
  }
}
