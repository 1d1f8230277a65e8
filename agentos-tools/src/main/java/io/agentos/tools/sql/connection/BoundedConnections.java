package io.agentos.tools.sql.connection;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections whose waits and received bytes are bounded. Thread-safe. */
public final class BoundedConnections {
  private static final int CONNECT_SECONDS_MAX = 10;

  /** Longer than any one statement may take. */
  private static final int SILENCE_SECONDS_MAX = 150;

  private BoundedConnections() {}

  /**
   * A new connection with autocommit on; the caller closes it.
   *
   * @param jdbcUrl host, port and database only
   * @param login user, password and sslmode; an empty password is none, and no password file is
   *     read
   */
  public static Connection open(String jdbcUrl, Login login) throws SQLException {
    return connect(jdbcUrl, properties(login));
  }

  /**
   * The same, to one address whatever the URL's host leads to; a certificate is still checked by
   * the URL's host.
   */
  public static Connection open(String jdbcUrl, Login login, InetAddress address)
      throws SQLException {
    Properties properties = properties(login);
    properties.setProperty("socketFactoryArg", address.getHostAddress());
    return connect(jdbcUrl, properties);
  }

  private static Properties properties(Login login) {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("sslmode", login.sslMode());
    if (login.sslMode().startsWith("verify-")) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    properties.setProperty("ApplicationName", "agentos-audit-rls");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS_MAX));
    properties.setProperty("socketTimeout", Integer.toString(SILENCE_SECONDS_MAX));
    properties.setProperty("socketFactory", BoundedSocketFactory.class.getName());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("prepareThreshold", "0");
    return properties;
  }

  private static Connection connect(String jdbcUrl, Properties properties) throws SQLException {
    Connection connection = new Driver().connect(jdbcUrl, properties);
    if (connection == null) {
      throw new IllegalArgumentException("not a URL of PostgreSQL's driver");
    }
    return connection;
  }
}
