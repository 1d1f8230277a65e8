package io.agentos.runtime;

import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import io.agentos.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A migrated database of its own for one test class, with two tenants. */
public final class TestStore implements AutoCloseable {
  public static final TenantId ACME = new TenantId("acme");
  public static final TenantId OTHER = new TenantId("other");
  public static final String MASTER_KEY = "YSBrZXkgZm9yIHRlc3RzIHRoYXQgaGFzIDMyIGJ5dGU=";
  private static final String PASSWORD = "test";

  private final TestPostgres.TestDatabase place = TestPostgres.create();
  private final Database database;
  private final Audit audit = new Audit(InstantSource.system());
  private final Vault vault = newVault();

  private final DataKeys keys = new DataKeys(vault);

  public TestStore() {
    Migrations.migrate(
        new DatabaseSettings(place.jdbcUrl(), place.user(), place.password(), 2), PASSWORD);
    database = new Database(settings());
    Identity identity = new Identity(database, audit);
    identity.createTenant(ACME);
    identity.createTenant(OTHER);
  }

  /** A vault with the master key of all test stores, whatever process asks. */
  public static Vault newVault() {
    return new Vault(MasterKey.of(MASTER_KEY));
  }

  /** The login of the running server. */
  public DatabaseSettings settings() {
    return new DatabaseSettings(place.jdbcUrl(), "agentos", PASSWORD, 8);
  }

  /** A superuser's login, for looking past every rule. */
  public TestPostgres.TestDatabase admin() {
    return place;
  }

  public Database database() {
    return database;
  }

  public Audit audit() {
    return audit;
  }

  public Vault vault() {
    return vault;
  }

  public DataKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    database.close();
  }

  /** A connection of the owner of the cluster, whom no rule holds. */
  public Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(admin().jdbcUrl(), admin().user(), admin().password());
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
    }
    return connection;
  }

  /** Runs a statement past every rule. */
  public void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns when somebody waits for a lock. */
  public void awaitWaiter() {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < until) {
      if (!database()
          .inControlOfAll(tx -> tx.query("select 1 from pg_locks where not granted", row -> 1))
          .isEmpty()) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("nobody waits");
  }

  /** Waits for something that another thread of a test does. */
  public static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
