package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.TestStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A value that must not turn up anywhere, and the search for it. */
final class Canary {
  private final List<String> forms;

  Canary(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    this.forms =
        List.of(
            value,
            base64.substring(0, base64.length() - 2),
            HexFormat.of().formatHex(bytes),
            value.replace("+", "%2B"));
  }

  /** Looks at a text. */
  void isNotIn(String where, String text) {
    for (String form : forms) {
      assertThat(text.contains(form)).as(where + " holds the canary").isFalse();
    }
  }

  /** Looks at every row of every table, past every rule; returns how many rows there were. */
  int isInNoRowOf(TestStore store) throws SQLException {
    int rows = 0;
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet found =
            statement.executeQuery("select t::text as line from agentos.%s t".formatted(table))) {
          while (found.next()) {
            isNotIn(table, found.getString("line"));
            rows++;
          }
        }
      }
    }
    return rows;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "select tablename from pg_tables where schemaname = 'agentos' order by 1")) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  /** What is printed while it is open, as logs are. */
  static final class Printed implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Printed() {
      PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      System.setOut(both);
      System.setErr(both);
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
