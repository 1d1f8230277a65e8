package io.agentos.tools.sql;

import io.agentos.testkit.postgres.TestPostgres;
import io.agentos.testkit.postgres.TestPostgres.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database in use, with a login that has no rights and an application's login without any. */
final class LiveDatabase implements AutoCloseable {
  /** Of the guest; with all that addresses are written wrongly with. */
  static final String PASSWORD = "gu%st/p@ss#w0rd";

  private static final String PASSWORD_IN_ADDRESS = "gu%25st%2Fp%40ss%23w0rd";

  private final TestDatabase database = TestPostgres.create();

  LiveDatabase() throws SQLException {
    run("create role live_guest login password '" + PASSWORD + "'; create role live_app login");
  }

  String guestAddress() {
    return address("live_guest", PASSWORD_IN_ADDRESS);
  }

  String superuserAddress() {
    return address(database.user(), database.password());
  }

  String address(String user, String password) {
    URI place = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return "postgres://%s:%s@%s:%d%s"
        .formatted(user, password, place.getHost(), place.getPort(), place.getPath());
  }

  void run(String sql) throws SQLException {
    run(database.jdbcUrl(), sql);
  }

  String one(String sql) throws SQLException {
    try (Connection connection = open(database.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** All definitions and rights of the database, down to the transaction that wrote them. */
  String fingerprint() throws SQLException {
    return one(
        """
        select md5(concat(
          (select string_agg(concat(oid, xmin, relacl), ',' order by oid) from pg_class
           where relkind in ('r', 'v', 'i')),
          (select string_agg(concat(xmin, p), ',' order by oid) from pg_policy p),
          (select string_agg(concat(xmin, p.oid), ',' order by oid) from pg_proc p),
          (select string_agg(concat(xmin, r), ',' order by oid) from pg_authid r),
          (select string_agg(concat(xmin, s), ',' order by setdatabase, setrole)
           from pg_db_role_setting s)))
        """);
  }

  @Override
  public void close() throws SQLException {
    String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    String elsewhere = database.jdbcUrl().replace(name, "postgres");
    run(elsewhere, "drop database " + name + " with (force)");
    run(
        elsewhere,
        "drop role if exists live_app, live_guest, live_boss, live_giver, live_app_owner");
  }

  private void run(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = open(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection open(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, database.user(), database.password());
  }
}
