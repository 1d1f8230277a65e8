package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.schema.LoadNotes.Omission;
import io.agentos.tools.sql.script.ScriptPart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs the statements of a schema one by one and decides what an error means. */
final class StatementRunner {
  /** How long all statements together may take. */
  static final Duration TIME_MAX = Duration.ofMinutes(2);

  private static final int STATEMENT_SECONDS_MAX = 60;
  private static final String CANCELED = "57014";
  private static final int TRIES_MAX = 30;
  private static final int ROLES_MAX = 200;
  private static final int EXCERPT_LENGTH_MAX = 160;
  private static final Pattern NO_ROLE = Pattern.compile("role \"(.*)\" does not exist");

  /** Bounds that the schema does not get to set. */
  private static final Set<String> OUR_SETTINGS =
      Set.of(
          "STATEMENT_TIMEOUT",
          "LOCK_TIMEOUT",
          "TRANSACTION_TIMEOUT",
          "IDLE_IN_TRANSACTION_SESSION_TIMEOUT",
          "CLIENT_MIN_MESSAGES",
          "LC_MESSAGES");

  private final Connection connection;
  private final LoadNotes notes;
  private final long deadline = System.nanoTime() + TIME_MAX.toNanos();
  private boolean inTransaction;

  /** Sends something to the database. */
  private interface Sending {
    void run() throws SQLException;
  }

  StatementRunner(Connection connection, LoadNotes notes) {
    this.connection = connection;
    this.notes = notes;
  }

  /** Runs one of the loader's own statements. */
  void own(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement of the schema; empty when it was run or may be left out. */
  Optional<LoadOutcome.Rejected> run(ScriptPart.Statement part) throws SQLException {
    StatementHead head = StatementHead.of(part.text());
    if (head.starts("SET") && head.words().stream().anyMatch(OUR_SETTINGS::contains)) {
      return Optional.empty();
    }
    if (head.starts("CREATE", "EXTENSION")) {
      giveWay(SchemaSql.DROP_EXTENSION.get(head.created()));
    }
    SQLException failure = null;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        execute(part.text(), head);
        return Optional.empty();
      } catch (SQLException e) {
        rethrowBroken(e);
        failure = e;
      }
      if (!removeCause(head, failure)) {
        break;
      }
    }
    return failure == null ? Optional.empty() : settle(part, head, failure);
  }

  /** Commits what the schema left open. */
  void finish() throws SQLException {
    if (inTransaction) {
      own(SchemaSql.COMMIT);
    }
  }

  private void execute(String sql, StatementHead head) throws SQLException {
    if (isTransactionStatement(head)) {
      send(sql);
      followTransaction(head);
    } else {
      guarded(() -> send(sql));
    }
  }

  /** Work that leaves a transaction of the schema usable when it fails. */
  private void guarded(Sending sending) throws SQLException {
    if (!inTransaction) {
      sending.run();
      return;
    }
    own(SchemaSql.SAVEPOINT);
    try {
      sending.run();
    } catch (SQLException e) {
      rethrowBroken(e);
      own(SchemaSql.ROLLBACK_TO);
      throw e;
    }
    own(SchemaSql.RELEASE);
  }

  private void send(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setMaxRows(1);
      statement.setQueryTimeout(secondsLeft());
      statement.execute(sql);
    }
  }

  private static boolean isTransactionStatement(StatementHead head) {
    String first = head.words().isEmpty() ? "" : head.words().getFirst();
    return Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE")
        .contains(first);
  }

  private void followTransaction(StatementHead head) {
    if (head.starts("BEGIN") || head.starts("START", "TRANSACTION")) {
      inTransaction = true;
    } else if (head.starts("COMMIT")
        || head.starts("END")
        || head.starts("ABORT")
        || (head.starts("ROLLBACK") && !head.words().contains("TO"))) {
      inTransaction = false;
    }
  }

  /** Makes a role that is missing, or takes away what stands in for the schema's own. */
  private boolean removeCause(StatementHead head, SQLException e) throws SQLException {
    Matcher missing = NO_ROLE.matcher(message(e));
    if (missing.matches() && !head.starts("DROP") && notes.rolesMade() < ROLES_MAX) {
      String role = missing.group(1);
      boolean made = works(() -> createRole(role));
      if (made) {
        notes.roleMade(role);
      }
      return made;
    }
    boolean present = Set.of("42P07", "42723", "42P13").contains(e.getSQLState());
    return present && giveWay(SchemaSql.GIVE_WAY.get(head.created()));
  }

  private boolean giveWay(@Nullable String drop) throws SQLException {
    return drop != null && works(() -> own(drop));
  }

  private boolean works(Sending sending) throws SQLException {
    try {
      guarded(sending);
      return true;
    } catch (SQLException e) {
      rethrowBroken(e);
      return false;
    }
  }

  private void createRole(String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SchemaSql.WRITE_CREATE_ROLE)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        own(row.getString(1));
      }
    }
  }

  private Optional<LoadOutcome.Rejected> settle(
      ScriptPart.Statement part, StatementHead head, SQLException e) throws SQLException {
    String sqlState = e.getSQLState() == null ? "" : e.getSQLState();
    if (Tolerance.isThere(head, sqlState)) {
      return Optional.empty();
    }
    if (head.starts("CREATE", "EXTENSION")) {
      notes.extension(head.created(), part.line());
      return Optional.empty();
    }
    if (Tolerance.asksTooMuch(head, sqlState) && works(() -> createRole(head.created()))) {
      notes.omit(Omission.SUPERUSER, part.line());
      return Optional.empty();
    }
    Optional<Omission> omission = Tolerance.omission(head, sqlState);
    if (omission.isPresent()) {
      notes.omit(omission.get(), part.line());
      return Optional.empty();
    }
    return Optional.of(
        new LoadOutcome.Rejected(
            lineOf(part, e),
            excerpt(part.text()),
            sqlState,
            message(e) + notes.extensionHint(sqlState),
            notes.all()));
  }

  private int secondsLeft() throws SQLException {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toSeconds();
    if (left < 1) {
      throw new SQLException("no time is left", CANCELED);
    }
    return (int) Math.min(left, STATEMENT_SECONDS_MAX);
  }

  /** Without a connection there is nothing to settle. */
  private static void rethrowBroken(SQLException e) throws SQLException {
    String state = e.getSQLState() == null ? "08000" : e.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      throw e;
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
    if (CANCELED.equals(e.getSQLState())) {
      return "it took longer than %d seconds, or all statements together longer than %d"
          .formatted(STATEMENT_SECONDS_MAX, TIME_MAX.toSeconds());
    }
    ServerErrorMessage server =
        e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    String message = server == null ? e.getMessage() : server.getMessage();
    return message == null ? "unknown error" : message;
  }

  private static String excerpt(String sql) {
    String line = sql.replaceAll("\\s+", " ");
    return line.length() <= EXCERPT_LENGTH_MAX ? line : line.substring(0, EXCERPT_LENGTH_MAX) + "…";
  }
}
