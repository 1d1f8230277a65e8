package io.agentos.tools.sql.scratch;

import io.agentos.tools.sql.connection.BoundedConnections;
import io.agentos.tools.sql.connection.Login;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A throw-away database, empty but for what a Supabase project starts with, and the login that owns
 * it.
 */
public record ScratchDatabase(String jdbcUrl, String user, String password) {

  /** A new connection with autocommit on; the caller closes it. */
  public Connection open() throws SQLException {
    return BoundedConnections.open(jdbcUrl, new Login(user, password, "disable"));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ScratchDatabase[jdbcUrl=%s, user=%s]".formatted(jdbcUrl, user);
  }
}
