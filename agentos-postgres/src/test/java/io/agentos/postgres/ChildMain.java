package io.agentos.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;

/**
 * A JVM that starts a server, says "ready" and then lives until its standard input ends, or is
 * killed before. Words after the two paths say what else it does.
 */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] words) throws IOException, SQLException {
    Set<String> options = Set.copyOf(Arrays.asList(words).subList(2, words.length));
    long begin = System.nanoTime();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(PostgresSettings.of(Path.of(words[0]), Path.of(words[1])));
    System.out.println("ready after ms " + (System.nanoTime() - begin) / 1_000_000);
    if (options.contains("ask-at-exit")) {
      askAtExit(postgres);
    }
    if (options.contains("insert")) {
      insertForEver(postgres);
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    if (options.contains("close")) {
      postgres.close();
    }
  }

  /** Prints each number when its commit was acknowledged. */
  private static void insertForEver(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = Fixture.connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute("create table number (value bigint primary key)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into number values (?)")) {
        for (long value = 1; ; value++) {
          insert.setLong(1, value);
          insert.executeUpdate();
          System.out.println("committed " + value);
        }
      }
    }
  }

  private static void askAtExit(EmbeddedPostgres postgres) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                System.out.println("answered " + Fixture.ask(postgres, "select 42"));
              } catch (SQLException e) {
                System.out.println("no answer " + e.getMessage());
              }
              System.out.flush();
            }));
  }
}
