package io.agentos.tools.sql.scratch;

import io.agentos.tools.sql.connection.BoundedConnections;
import io.agentos.tools.sql.connection.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * How to reach a disposable cluster as a superuser, by TCP and without TLS: it is on this machine.
 *
 * @param host a name or address; IPv6 in brackets
 */
public record AdminConnection(String host, int port, String user, String password) {
  private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]+");

  /** A new connection with autocommit on; the caller closes it. */
  Connection open() throws SQLException {
    return openDatabase("postgres");
  }

  /** As {@link #open}, to another database of the cluster. */
  Connection openDatabase(String database) throws SQLException {
    return BoundedConnections.open(jdbcUrl(database), new Login(user, password, "disable"));
  }

  /** The URL of a database of the cluster; names are of a-z, 0-9 and '_'. */
  String jdbcUrl(String database) {
    if (!DATABASE.matcher(database).matches()) {
      throw new IllegalArgumentException("no name for a throw-away database: " + database);
    }
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "AdminConnection[host=%s, port=%d, user=%s]".formatted(host, port, user);
  }
}
