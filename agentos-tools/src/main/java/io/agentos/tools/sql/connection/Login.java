package io.agentos.tools.sql.connection;

/**
 * Who connects, and how the line is protected.
 *
 * @param sslMode as PostgreSQL's clients name it, such as {@code require}
 */
public record Login(String user, String password, String sslMode) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[user=%s, sslMode=%s]".formatted(user, sslMode);
  }
}
