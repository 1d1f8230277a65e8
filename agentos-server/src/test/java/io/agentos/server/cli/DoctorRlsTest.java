package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.server.cli.TestShell.Result;
import io.agentos.testkit.postgres.TestPostgres;
import io.agentos.testkit.postgres.TestPostgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The isolation of tenants, looked at from the command line: in our own schema and in others. */
final class DoctorRlsTest {
  /** Hold nothing of any tenant, and are closed to the role that works for one. */
  private static final List<String> OF_THE_INSTALLATION =
      List.of("audit_sink", "flyway_schema_history", "node", "node_heartbeat", "provider_window");

  private static final TestDatabase MIGRATED = TestPostgres.create();

  @TempDir private Path root;
  private TestShell shell;

  @BeforeAll
  static void migrate() {
    Migrations.migrate(
        new DatabaseSettings(MIGRATED.jdbcUrl(), MIGRATED.user(), MIGRATED.password(), 2), "test");
  }

  @BeforeEach
  void shell() {
    shell = new TestShell(root);
  }

  @Test
  void everyTableOfTheMigrations_passes() {
    Result result = shell.with("AGENTOS_DATABASE_URL", address(MIGRATED)).run("doctor", "rls");

    assertThat(result.out())
        .startsWith("21 checks as role agentos_app, tenant column tenant_id: ")
        .endsWith(" with the column. Nothing was found.\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void everyTableOfTheMigrations_namesItsTenant() throws SQLException {
    List<String> without =
        ask(
            MIGRATED,
            """
            select c.relname from pg_class c
            where c.relnamespace = 'agentos'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_attribute a
                where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
            order by 1
            """);

    assertThat(without).isEqualTo(OF_THE_INSTALLATION);
  }

  @Test
  void everyPrimaryKey_beginsWithTheTenant() throws SQLException {
    List<String> others =
        ask(
            MIGRATED,
            """
            select c.conrelid::regclass::text from pg_constraint c
            join pg_attribute t on t.attrelid = c.conrelid and t.attname = 'tenant_id'
            where c.connamespace = 'agentos'::regnamespace and c.contype = 'p'
              and t.attnum <> all (c.conkey)
            order by 1
            """);

    assertThat(others).isEmpty();
  }

  @Test
  void databaseOfAUser_findingsAndRemedies() throws SQLException {
    TestDatabase shop = TestPostgres.create();
    ask(
        shop,
        """
        create table orders (org_id text not null, name text, primary key (org_id, name));
        create table rates (code text primary key);
        select 'x'
        """);

    Result result =
        shell
            .with("SHOP", address(shop))
            .run(
                "doctor",
                "rls",
                "--url",
                "env:SHOP",
                "--column",
                "org_id",
                "--schema",
                "public",
                "--role",
                "pg_read_all_data",
                "--allow",
                "rates");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            """
            21 checks as role pg_read_all_data, tenant column org_id: 1 table, 1 with the column.

            FINDING  OBJECT         DETAIL
            rls-off  public.orders

            rls-off: Row-level security is off.
              The role can read or write the table, and no policy is applied to it: it gets every row.
                alter table public.orders enable row level security;
            """);
  }

  @Test
  void json_hasEachFinding() throws SQLException {
    TestDatabase shop = TestPostgres.create();
    ask(shop, "create table orders (tenant_id text primary key); select 'x'");

    Result result =
        shell.run(
            "doctor", "rls", "--url", address(shop), "--role", "pg_read_all_data", "-o", "json");

    Fields found = new Fields(Json.readTree(result.out().getBytes(StandardCharsets.UTF_8)));
    assertThat(found.number("checks")).isEqualTo(21);
    assertThat(found.list("findings")).hasSize(1);
    assertThat(found.list("findings").getFirst().text("id")).isEqualTo("rls-off");
    assertThat(found.list("findings").getFirst().text("object")).isEqualTo("public.orders");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void wrongAddress_isUsage_andShowsNoSecret() {
    assertThat(shell.run("doctor", "rls", "--url", "mysql://me:hunter2@db/shop"))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: The database must be given as postgres://USER:PASSWORD@HOST:PORT/DATABASE,"
                    + " or as env:NAME for an environment variable that holds such a line.\n"));
  }

  @Test
  void wrongPassword_isEnvironment_andShowsNoSecret() {
    String wrong = address(MIGRATED).replace(MIGRATED.password(), "hunter2");

    Result result = shell.run("doctor", "rls", "--url", wrong);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "agentos: The database refused the login of the user %s. Check user and password.\n"
                .formatted(MIGRATED.user()));
  }

  @Test
  void noServerHere_isSaid() {
    Result result = shell.run("doctor", "rls");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "agentos: No Postgres runs for %s; start it with 'agentos up', or name a database with"
                    .formatted(shell.data())
                + " --url.\n");
  }

  private static String address(TestDatabase place) {
    return place
        .jdbcUrl()
        .replace(
            "jdbc:postgresql://", "postgresql://%s:%s@".formatted(place.user(), place.password()));
  }

  private static List<String> ask(TestDatabase place, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows && statement.getUpdateCount() >= 0) {
        rows = statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }
}
