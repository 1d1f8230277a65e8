package io.agentos.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agentos.api.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postgresql.Driver;

/**
 * The only way to Postgres. Every transaction begins by becoming a role that owns nothing, naming
 * its tenant, and bounding its own waits; all of it ends with the transaction, so that any pooler
 * can stand between.
 *
 * <p>Thread-safe. Never open a transaction inside another.
 */
public final class Database implements AutoCloseable {
  private static final String ENGINE = "agentos_engine";
  private static final String AUDITOR = "agentos_auditor";
  private static final String APP = "agentos_app";
  private static final String RETENTION = "agentos_retention";
  private static final String VAULT = "agentos_vault";
  private static final String IDLE_MILLIS_MAX = "60000";
  private static final Bounds WORK = new Bounds(10_000, "30000", "5000", 40);

  /** Orders to stop and heartbeats are short, and learn soon that Postgres is out of reach. */
  private static final Bounds CONTROL = new Bounds(3_000, "5000", "3000", 8);

  /** Deleting old records gives way to whoever works. */
  private static final Bounds PRUNING = new Bounds(5_000, "10000", "500", 40);

  private static final int ENGINE_CONNECTIONS = 5;
  private static final int CONTROL_CONNECTIONS = 3;

  private final DatabaseSettings settings;
  private final HikariDataSource requests;
  private final HikariDataSource engine;
  private final HikariDataSource control;

  /** How long one kind of work waits: for a connection, a statement, a lock, the network. */
  private record Bounds(
      int poolMillisMax, String statementMillisMax, String lockMillisMax, int socketSecondsMax) {}

  public Database(DatabaseSettings settings) {
    this.settings = settings;
    this.requests = pool(settings, "requests", settings.connectionsMax(), WORK);
    this.engine = pool(settings, "engine", ENGINE_CONNECTIONS, WORK);
    this.control = pool(settings, "control", CONTROL_CONNECTIONS, CONTROL);
  }

  /** Runs {@code work} in one transaction that sees and writes rows of {@code tenant} alone. */
  public <T> T inTenant(TenantId tenant, Function<Tx, T> work) {
    return transaction(requests, APP, tenant.value(), WORK, work);
  }

  /** The same without a result. */
  public void inTenantDo(TenantId tenant, Consumer<Tx> work) {
    inTenant(
        tenant,
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /**
   * Runs {@code work} in one transaction across tenants, with the engine's narrow rights: claiming,
   * journals, audit chains. On connections of its own, so that busy requests cannot starve it.
   */
  public <T> T inEngine(Function<Tx, T> work) {
    return transaction(engine, ENGINE, "", WORK, work);
  }

  /**
   * Runs {@code work} in one transaction that reads the audit logs of all tenants and adds their
   * checkpoints, and may do nothing else.
   */
  public <T> T inAuditor(Function<Tx, T> work) {
    return transaction(engine, AUDITOR, "", WORK, work);
  }

  /**
   * Runs {@code work} in one transaction that sees rows of {@code tenant} alone and may delete what
   * its retention rules say. It waits for no lock longer than half a second.
   */
  public <T> T inRetention(TenantId tenant, Function<Tx, T> work) {
    return transaction(requests, RETENTION, tenant.value(), PRUNING, work);
  }

  /** The same for asking whose turn it is, which is all that this sees of other tenants. */
  public <T> T inRetentionOfAll(Function<Tx, T> work) {
    return transaction(requests, RETENTION, "", PRUNING, work);
  }

  /**
   * Runs {@code work} in one transaction that sees and changes the sealed values of {@code tenant}
   * that are under the master key, and nothing else. It gives way to whoever works.
   */
  public <T> T inVault(TenantId tenant, Function<Tx, T> work) {
    return transaction(requests, VAULT, tenant.value(), PRUNING, work);
  }

  /** The same for asking which tenants there are, which is all that this sees of them. */
  public <T> T inVaultOfAll(Function<Tx, T> work) {
    return transaction(requests, VAULT, "", PRUNING, work);
  }

  /**
   * The same as {@link #inTenant} on connections kept for orders to stop, so that nothing that
   * fills the other pools keeps anyone from stopping it. For short work alone.
   */
  public <T> T inControl(TenantId tenant, Function<Tx, T> work) {
    return transaction(control, APP, tenant.value(), CONTROL, work);
  }

  /** The same as {@link #inEngine} on those connections. */
  public <T> T inControlOfAll(Function<Tx, T> work) {
    return transaction(control, ENGINE, "", CONTROL, work);
  }

  /** A listener for notifications on {@code channel}, on a connection of its own. */
  public Notifications listen(String channel) {
    return new Notifications(this::connect, channel);
  }

  @Override
  public void close() {
    requests.close();
    engine.close();
    control.close();
  }

  private <T> T transaction(
      HikariDataSource pool, String role, String tenant, Bounds bounds, Function<Tx, T> work) {
    try (Connection connection = pool.getConnection()) {
      try {
        begin(connection, role, tenant, bounds);
        T result = work.apply(new Tx(connection));
        connection.commit();
        return result;
      } catch (Throwable failure) {
        rollback(connection, failure);
        throw failure;
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  private static void begin(Connection connection, String role, String tenant, Bounds bounds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DatabaseSql.BEGIN)) {
      statement.setString(1, role);
      statement.setString(2, tenant);
      statement.setString(3, bounds.statementMillisMax);
      statement.setString(4, bounds.lockMillisMax);
      statement.setString(5, IDLE_MILLIS_MAX);
      for (int i = 6; i <= 8; i++) {
        statement.setString(i, role.equals(APP) ? "on" : "off");
      }
      statement.execute();
    }
  }

  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static HikariDataSource pool(
      DatabaseSettings settings, String name, int connectionsMax, Bounds bounds) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setDataSourceProperties(driverProperties(bounds.socketSecondsMax));
    config.setAutoCommit(false);
    config.setMaximumPoolSize(connectionsMax);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(bounds.poolMillisMax);
    config.setValidationTimeout(Math.min(5_000, bounds.poolMillisMax));
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(Thread.ofPlatform().daemon().name("pool-" + name, 0).factory());
    return new HikariDataSource(config);
  }

  private static Properties driverProperties(int socketSecondsMax) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "agentos");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", String.valueOf(socketSecondsMax));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    return properties;
  }

  private Connection connect() throws SQLException {
    Properties properties = driverProperties(WORK.socketSecondsMax);
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.remove("socketTimeout");
    Connection connection = new Driver().connect(settings.jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("the URL is not one of Postgres", "08001");
    }
    return connection;
  }
}
