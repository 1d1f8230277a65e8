package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.postgres.PostgresSettings;
import io.agentos.postgres.PostgresStartException;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.server.config.Config;
import io.agentos.server.config.PostgresUrl;
import io.agentos.server.config.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The Postgres of this server, migrated: the embedded one, or one somewhere else.
 *
 * <p>Thread-safe.
 */
final class Storage implements AutoCloseable {
  static final String DATABASE = "postgres";

  private final Closing closing = new Closing();
  private final Database database;

  private Storage(Config config, DataDirectory data) {
    int connections = config.database().poolMax();
    try {
      this.database =
          config
              .database()
              .url()
              .map(url -> elsewhere(url, connections))
              .orElseGet(() -> embedded(data, connections));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
    closing.add(database);
  }

  static Storage open(Config config, DataDirectory data) {
    return new Storage(config, data);
  }

  Database database() {
    return database;
  }

  /** Looks once whether Postgres answers, however busy the pools are. */
  void check() {
    database.inControl(TenantId.DEFAULT, tx -> tx.query("select 1", row -> true));
  }

  /** Where the embedded Postgres of a data directory keeps its own. */
  static Path cluster(Path dataDirectory) {
    return dataDirectory.resolve("postgres");
  }

  /** Where the binaries of Postgres are unpacked to; shared by all data directories of a user. */
  static Path runtimes() {
    return Path.of(System.getProperty("user.home"), ".agentos", "runtimes");
  }

  @Override
  public void close() {
    closing.close();
  }

  private Database embedded(DataDirectory data, int connections) {
    try {
      EmbeddedPostgres postgres =
          closing.add(
              EmbeddedPostgres.start(PostgresSettings.of(cluster(data.folder()), runtimes())));
      DatabaseSettings admin =
          new DatabaseSettings(
              postgres.jdbcUrl(DATABASE), postgres.superuser(), postgres.password(), 2);
      // The login's password lives as long as the server: nobody else needs it.
      String password = random();
      Migrations.migrate(admin, password);
      return new Database(
          new DatabaseSettings(postgres.jdbcUrl(DATABASE), "agentos", password, connections));
    } catch (PostgresStartException e) {
      throw new AgentOsException(ErrorCode.ENVIRONMENT, String.valueOf(e.getMessage()), e);
    }
  }

  private static Database elsewhere(PostgresUrl url, int connections) {
    DatabaseSettings settings =
        new DatabaseSettings(
            url.jdbcUrl(), url.user(), url.password().map(Secret::value).orElse(""), connections);
    Migrations.migrate(settings, "");
    return new Database(settings);
  }

  private static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
