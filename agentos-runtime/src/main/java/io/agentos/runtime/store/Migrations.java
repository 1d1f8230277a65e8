package io.agentos.runtime.store;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema {@code agentos} of a database to what this version needs: roles first, then
 * numbered migrations as {@code agentos_owner}, under Flyway's advisory lock so that nodes that
 * start together take turns. Idempotent.
 */
public final class Migrations {
  /** The newest file in {@code db/migration}. */
  static final String NEWEST = "026";

  private static final String RUNTIME_LOGIN = "agentos";

  private Migrations() {}

  /**
   * Migrates.
   *
   * @param admin a login that may create roles and a schema: a superuser of the embedded Postgres,
   *     or the owner of a database somewhere else
   * @param runtimePassword when not empty, makes the login {@code agentos} with this password,
   *     which has no right of its own; when empty, {@code admin} itself may become the other roles
   * @throws AgentOsException ENVIRONMENT when the login may not do it
   */
  public static void migrate(DatabaseSettings admin, String runtimePassword) {
    try (Connection connection =
        DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password())) {
      checkVersion(connection);
      if (isNewest(connection)) {
        setPassword(connection, runtimePassword);
        return;
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(MigrationsSql.ROLES);
        statement.execute(MigrationsSql.SCHEMA);
      }
      setPassword(connection, runtimePassword);
    } catch (SQLException e) {
      throw refused(e);
    }
    run(admin);
  }

  private static void run(DatabaseSettings admin) {
    try {
      Flyway.configure()
          .dataSource(admin.jdbcUrl(), admin.user(), admin.password())
          .callbacks(new OwnerRole())
          .schemas("agentos")
          .defaultSchema("agentos")
          .createSchemas(false)
          .locations("classpath:db/migration")
          .placeholderReplacement(false)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT, "The database could not be migrated: " + e.getMessage(), e);
    }
  }

  /**
   * Statistics of Postgres below these minors leak rows past row-level security (CVE-2025-8713).
   */
  private static void checkVersion(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < 15) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "Postgres %d was found; AgentOS needs 15 or newer.".formatted(version));
    }
  }

  private static boolean isNewest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet known = statement.executeQuery(MigrationsSql.HISTORY_EXISTS)) {
      if (!known.next() || !known.getBoolean(1)) {
        return false;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet newest = statement.executeQuery(MigrationsSql.NEWEST_APPLIED)) {
      return newest.next() && NEWEST.equals(newest.getString(1));
    }
  }

  private static void setPassword(Connection connection, String password) throws SQLException {
    if (password.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        // Where a person has made the roles by hand, the login may lack the right to grant them.
        statement.execute(MigrationsSql.GRANT_TO_SELF);
      }
      return;
    }
    String login;
    try (PreparedStatement statement = connection.prepareStatement(MigrationsSql.LOGIN)) {
      statement.setString(1, RUNTIME_LOGIN);
      statement.setString(2, password);
      try (ResultSet quoted = statement.executeQuery()) {
        quoted.next();
        login = quoted.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(login);
    }
  }

  private static AgentOsException refused(SQLException e) {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "The database could not be prepared (SQLSTATE %s): the login must be able to create roles and"
                .formatted(e.getSQLState())
            + " a schema. See docs/operating.md for the statements to run by hand.",
        e);
  }
}
