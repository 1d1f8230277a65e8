package io.agentos.tools.sql.scratch;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes throw-away databases in a cluster that is there for nothing else. One exists at a time.
 *
 * <p>Each has an owner of its own, which is no superuser; what it may not do is up to Postgres. The
 * database, its owner and all roles made meanwhile are dropped afterwards, and what a crash left is
 * dropped before the next one is made. Thread-safe.
 */
public final class AdminScratchDatabases implements ScratchDatabases {
  private static final int WAIT_SECONDS_MAX = 120;
  private static final String DUPLICATE_OBJECT = "42710";
  private static final System.Logger LOG = System.getLogger(AdminScratchDatabases.class.getName());

  private final Supplier<AdminConnection> cluster;
  private final long sizeMax;
  private final Semaphore one = new Semaphore(1);
  private final SecureRandom random = new SecureRandom();

  /**
   * Databases of up to half a gigabyte.
   *
   * @param cluster asked each time, so that the cluster may start at the first use
   */
  public AdminScratchDatabases(Supplier<AdminConnection> cluster) {
    this(cluster, 512L * 1024 * 1024);
  }

  AdminScratchDatabases(Supplier<AdminConnection> cluster, long sizeMax) {
    this.cluster = cluster;
    this.sizeMax = sizeMax;
  }

  @Override
  public <T> T with(ScratchWork<T> work) throws SQLException {
    await();
    try {
      return locked(cluster.get(), work);
    } finally {
      one.release();
    }
  }

  private void await() {
    try {
      if (one.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("Waiting for a throw-away database was interrupted.", e);
    }
    throw new AgentOsException(
        ErrorCode.TOOL_UNAVAILABLE,
        "No throw-away database was free for %d seconds; try again later."
            .formatted(WAIT_SECONDS_MAX));
  }

  private <T> T locked(AdminConnection admin, ScratchWork<T> work) throws SQLException {
    try (Connection connection = lock(admin)) {
      dropAll(connection);
      ScratchDatabase database = create(admin, connection);
      try (SizeWatch watch = SizeWatch.start(admin, database.user(), sizeMax)) {
        return watch.explain(() -> work.run(database));
      } finally {
        dropAfter(admin);
      }
    }
  }

  private static Connection lock(AdminConnection admin) {
    try {
      Connection connection = admin.open();
      try (Statement statement = connection.createStatement()) {
        statement.execute(ScratchSql.SET_LOCK_TIMEOUT);
        statement.execute(ScratchSql.LOCK);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable("The cluster for throw-away databases does not answer; try again.", e);
    }
  }

  private ScratchDatabase create(AdminConnection admin, Connection connection) {
    String name = "agentos_scratch_" + hex(8);
    String password = hex(32);
    try {
      createRoles(connection, name, password);
      runWritten(connection, ScratchSql.WRITE_CREATE_DATABASE, name, name);
      try (Connection fresh = admin.openDatabase(name);
          Statement statement = fresh.createStatement()) {
        statement.execute(PreludeSql.SCHEMAS);
        statement.execute(PreludeSql.AUTH);
        statement.execute(PreludeSql.STORAGE);
        statement.execute(PreludeSql.REALTIME);
      }
      return new ScratchDatabase(admin.jdbcUrl(name), name, password);
    } catch (SQLException e) {
      if (DUPLICATE_OBJECT.equals(e.getSQLState())) {
        throw new AgentOsException(
            ErrorCode.ENVIRONMENT,
            "The cluster for throw-away databases has roles of Supabase that AgentOS did not make."
                + " Give it a cluster of its own.",
            e);
      }
      throw unavailable("A throw-away database could not be made.", e);
    }
  }

  /** All or none, so that each of them can be found through its owner later. */
  private static void createRoles(Connection connection, String name, String password)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      runWritten(connection, ScratchSql.WRITE_CREATE_ROLES, name, password);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Cleans up on a connection of its own: an interrupt may have taken the others. */
  private static void dropAfter(AdminConnection admin) {
    boolean interrupted = Thread.interrupted();
    try (Connection connection = admin.open()) {
      dropAll(connection);
    } catch (SQLException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A throw-away database is left for the next run to drop. sqlState={0}",
          e.getSQLState());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void dropAll(Connection connection) throws SQLException {
    runWritten(connection, ScratchSql.WRITE_DROP_DATABASES);
    runWritten(connection, ScratchSql.WRITE_DROP_ROLES);
  }

  /** Runs the statements that a query writes. */
  private static void runWritten(Connection connection, String query, String... parameters)
      throws SQLException {
    List<String> written = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          written.add(rows.getString(1));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : written) {
        statement.execute(sql);
      }
    }
  }

  private String hex(int bytes) {
    byte[] chosen = new byte[bytes];
    random.nextBytes(chosen);
    return HexFormat.of().formatHex(chosen);
  }

  private static AgentOsException unavailable(String message, Exception cause) {
    return new AgentOsException(ErrorCode.TOOL_UNAVAILABLE, message, cause);
  }
}
