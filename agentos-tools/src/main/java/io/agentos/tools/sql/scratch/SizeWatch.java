package io.agentos.tools.sql.scratch;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches how large a database grows and ends its sessions when that is too much. */
final class SizeWatch implements AutoCloseable {
  private static final int PAUSE_MILLIS = 250;
  private static final System.Logger LOG = System.getLogger(SizeWatch.class.getName());

  private final AdminConnection admin;
  private final String database;
  private final long sizeMax;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean exceeded;

  private SizeWatch(AdminConnection admin, String database, long sizeMax) {
    this.admin = admin;
    this.database = database;
    this.sizeMax = sizeMax;
  }

  /** What is run under watch. */
  interface Watched<T> {
    T run() throws SQLException;
  }

  static SizeWatch start(AdminConnection admin, String database, long sizeMax) {
    SizeWatch watch = new SizeWatch(admin, database, sizeMax);
    Thread.ofVirtual().name("scratch-size").start(watch::watch);
    return watch;
  }

  /** Runs something; when it ended because of its size, the error says so. */
  <T> T explain(Watched<T> work) throws SQLException {
    try {
      return work.run();
    } catch (SQLException e) {
      if (exceeded) {
        throw new AgentOsException(
            ErrorCode.INVALID_ARGUMENTS,
            "The SQL filled more than %d MB. Leave out the rows and keep the definitions."
                .formatted(sizeMax / (1024 * 1024)),
            e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch() {
    try (Connection connection = admin.open()) {
      while (!done.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (number(connection, ScratchSql.SIZE) > sizeMax) {
          exceeded = true;
          number(connection, ScratchSql.STOP_ALL);
        }
      }
    } catch (SQLException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The size of a throw-away database is not watched. sqlState={0}",
          e.getSQLState());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
