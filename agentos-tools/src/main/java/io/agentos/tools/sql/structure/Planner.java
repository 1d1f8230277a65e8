package io.agentos.tools.sql.structure;

import io.agentos.tools.files.Deadline;
import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Asks the planner of a throw-away database, and leaves nothing behind in it. One thread. */
final class Planner {
  private static final Set<String> QUERIES =
      Set.of("SELECT", "WITH", "UPDATE", "DELETE", "MERGE", "VALUES", "INSERT");

  /** A syntax error, and an operator that is none: both come of placeholders. */
  private static final Set<String> UNREADABLE = Set.of("42601", "42883");

  private static final Duration TIME_MAX = Duration.ofMinutes(1);
  private static final int STATEMENT_SECONDS_MAX = 10;

  private final Connection connection;
  private final Map<String, String> leading;
  private final Deadline deadline = Deadline.in(TIME_MAX);

  /** What came of planning a query. */
  sealed interface Outcome {}

  record Planned(QueryPlan plan) implements Outcome {}

  /** Postgres refused it, in its own words. */
  record Refused(String message) implements Outcome {}

  /**
   * A planner.
   *
   * @param leading first column of each index, by schema and name
   */
  Planner(Connection connection, Map<String, String> leading) {
    this.connection = connection;
    this.leading = Map.copyOf(leading);
  }

  /** Sets the transaction up: names as applications write them, and no plan that reads it all. */
  void open() throws SQLException {
    execute(PlannerSql.SET_UP);
  }

  boolean isOutOfTime() {
    try {
      return deadline.isOver();
    } catch (InterruptedIOException e) {
      return true;
    }
  }

  static boolean canPlan(ScriptPart part) {
    if (!(part instanceof ScriptPart.Statement)) {
      return false;
    }
    SqlToken first = new SqlLexer(part.text()).next();
    String word = part.text().substring(first.start(), first.end()).toUpperCase(Locale.ROOT);
    return first.kind() == Kind.WORD && QUERIES.contains(word);
  }

  /** The plan of a query; placeholders of drivers are understood too. */
  Outcome plan(String query) throws SQLException {
    try {
      return new Planned(explain(Parameters.numbered(query)));
    } catch (SQLException e) {
      broken(e);
      Parameters named = Parameters.named(query);
      if (!UNREADABLE.contains(String.valueOf(e.getSQLState())) || named.count() == 0) {
        return new Refused(message(e));
      }
      try {
        return new Planned(explain(named));
      } catch (SQLException again) {
        broken(again);
        return new Refused(message(again));
      }
    }
  }

  /** Whether an index makes the planner search where it had to read everything. */
  boolean helps(String query, String index, QueryPlan.Search search) throws SQLException {
    execute(PlannerSql.SAVEPOINT);
    try {
      execute(index);
      return plan(query) instanceof Planned planned
          && planned.plan().searches().stream().noneMatch(search::isAt);
    } catch (SQLException e) {
      broken(e);
      return false;
    } finally {
      execute(PlannerSql.ROLLBACK_TO);
    }
  }

  /** Prepared and explained for any values of its parameters; it is never run. */
  private QueryPlan explain(Parameters query) throws SQLException {
    execute(PlannerSql.PLAN_SAVEPOINT);
    boolean prepared = false;
    try {
      execute(PlannerSql.PREPARE + query.sql());
      prepared = true;
      String values =
          query.count() == 0
              ? ""
              : "(" + String.join(", ", Collections.nCopies(query.count(), "NULL")) + ")";
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(PlannerSql.EXPLAIN + values)) {
        row.next();
        return QueryPlan.of(row.getString(1), leading);
      }
    } finally {
      execute(PlannerSql.PLAN_ROLLBACK_TO);
      if (prepared) {
        execute(PlannerSql.DEALLOCATE);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setQueryTimeout(STATEMENT_SECONDS_MAX);
      statement.execute(sql);
    }
  }

  private static void broken(SQLException e) throws SQLException {
    String state = e.getSQLState() == null ? "08000" : e.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      throw e;
    }
  }

  private static String message(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    String message = server == null ? e.getMessage() : server.getMessage();
    return message == null ? "no reason given" : message;
  }
}
