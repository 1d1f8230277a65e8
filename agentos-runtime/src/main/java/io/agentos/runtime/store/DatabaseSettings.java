package io.agentos.runtime.store;

/**
 * Where Postgres is and who we are there.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, Postgres 15 or newer
 * @param user a login that may become {@code agentos_app}, {@code agentos_engine} and {@code
 *     agentos_auditor}, and needs no right of its own
 * @param connectionsMax size of the pool for requests, 2 to 200; nine more connections may be held
 *     for the journal, the worker, orders to stop and notifications
 */
public record DatabaseSettings(String jdbcUrl, String user, String password, int connectionsMax) {
  /** Enough for two cores. */
  public static final int CONNECTIONS_DEFAULT = 8;

  public DatabaseSettings {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("a JDBC URL of Postgres begins with jdbc:postgresql:");
    }
    if (connectionsMax < 2 || connectionsMax > 200) {
      throw new IllegalArgumentException("connectionsMax is 2 to 200, not " + connectionsMax);
    }
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[user=%s]".formatted(user);
  }
}
