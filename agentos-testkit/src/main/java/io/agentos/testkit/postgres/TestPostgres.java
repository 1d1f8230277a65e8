package io.agentos.testkit.postgres;

import io.agentos.postgres.Durability;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One real Postgres for all tests of a JVM, with a new database for whoever asks. Its time zone is
 * deliberately wrong and its durability off: it lives as long as the JVM.
 *
 * <p>Thread-safe.
 */
public final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestPostgres() {}

  /** A database of its own: where it is, and a superuser's login. */
  public record TestDatabase(String jdbcUrl, String user, String password) {}

  /** Makes a new, empty database. */
  public static TestDatabase create() {
    EmbeddedPostgres running = server();
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(
                running.jdbcUrl("postgres"), running.superuser(), running.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("the test server makes no database", e);
    }
    return new TestDatabase(running.jdbcUrl(name), running.superuser(), running.password());
  }

  private static synchronized EmbeddedPostgres server() {
    if (server != null) {
      return server;
    }
    try {
      Path folder = Files.createTempDirectory("agentos-test-postgres");
      Path runtimes = Path.of(System.getProperty("java.io.tmpdir"), "agentos-test-runtimes");
      Map<String, String> parameters =
          Map.of("timezone", "Pacific/Chatham", "max_connections", "200");
      EmbeddedPostgres started =
          EmbeddedPostgres.start(
              new PostgresSettings(
                  folder.resolve("data"),
                  runtimes,
                  Durability.NONE,
                  Duration.ofMinutes(1),
                  parameters));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                started.close();
                delete(folder);
              }));
      server = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
