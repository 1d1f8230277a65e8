package io.agentos.tools.sql.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.testkit.postgres.TestPostgres;
import io.agentos.tools.sql.Audits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdminScratchDatabasesTest {
  private static final TestPostgres.TestDatabase CLUSTER = TestPostgres.create();
  private static final String LEFT =
      "select (select count(*) from pg_database where datname like 'agentos_scratch%')"
          + " + (select count(*) from pg_roles where rolname like 'agentos_scratch%'"
          + " or rolname in ('anon', 'authenticated', 'service_role', 'authenticator',"
          + " 'supabase_admin', 'made', 'made by made'))";

  private final AdminScratchDatabases scratch =
      new AdminScratchDatabases(() -> Audits.admin(CLUSTER));

  @AfterEach
  void tearDown() throws SQLException {
    assertThat(number(LEFT)).isZero();
  }

  @Test
  void with_work_ownDatabaseAsNoSuperuser() throws SQLException {
    String answer =
        scratch.with(database -> {
          try (Connection connection = database.open();
              Statement statement = connection.createStatement()) {
            statement.execute("create role made createrole login");
            statement.execute("set role made");
            statement.execute("create role \"made by made\"");
            statement.execute("reset role");
            statement.execute("comment on role made is 'x'; create table a (b int)");
            statement.execute("grant select on a to \"made by made\", anon");
            return one(
                statement,
                "select rolsuper || ' ' || rolcreatedb || ' ' || rolreplication || ' '"
                    + " || (current_database() = current_user)"
                    + " from pg_roles where rolname = current_user");
          }
        });

    assertThat(answer).isEqualTo("false false false true");
  }

  @Test
  void with_failingWork_droppedAndPassedOn() {
    assertThatThrownBy(() ->
            scratch.with(database -> {
              throw new SQLException("of the work");
            }))
        .hasMessage("of the work");
  }

  @Test
  void with_leftoversOfACrash_droppedFirst() throws SQLException {
    run("create role agentos_scratch_0123456789abcdef createrole login");
    run("create database agentos_scratch_0123456789abcdef owner agentos_scratch_0123456789abcdef");
    run("create role made");
    run("grant made to agentos_scratch_0123456789abcdef with admin option");

    scratch.with(database -> "");

    assertThat(number(LEFT)).isZero();
  }

  @Test
  void with_rolesThatAreNotOurs_refusedAndKept() throws SQLException {
    run("create role anon");
    try {
      assertThatThrownBy(() -> scratch.with(database -> ""))
          .isInstanceOfSatisfying(
              AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENVIRONMENT))
          .hasMessage(
              "The cluster for throw-away databases has roles of Supabase that AgentOS did not"
                  + " make. Give it a cluster of its own.");
      assertThat(number("select count(*) from pg_roles where rolname = 'anon'")).isEqualTo(1);
    } finally {
      run("drop role anon");
    }
  }

  @Test
  void with_tooLarge_endedAndSaid() {
    AdminScratchDatabases small =
        new AdminScratchDatabases(() -> Audits.admin(CLUSTER), 20 * 1024 * 1024);

    assertThatThrownBy(() ->
            small.with(database ->
                execute(
                    database,
                    "create table a as select repeat('x', 900),"
                        + " generate_series(1, 100000000)")))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS))
        .hasMessage("The SQL filled more than 20 MB. Leave out the rows and keep the definitions.");
  }

  @Test
  void with_interrupted_endsSoonAndDrops() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                scratch.with(database -> {
                  running.countDown();
                  return execute(database, "select pg_sleep(600)");
                });
              } catch (SQLException e) {
                failure.set(e);
              }
            });
    running.await();
    thread.interrupt();
    thread.join();

    assertThat(failure.get()).isInstanceOf(SQLException.class);
  }

  @Test
  void with_manyAtOnce_oneAfterTheOther() throws Exception {
    AdminScratchDatabases other = new AdminScratchDatabases(() -> Audits.admin(CLUSTER));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ScratchWork<Integer> work =
        database -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          execute(database, "select 1");
          return inside.decrementAndGet();
        };
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      AdminScratchDatabases databases = i % 2 == 0 ? scratch : other;
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  databases.with(work);
                } catch (SQLException e) {
                  most.set(99);
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most).hasValue(1);
  }

  @Test
  void with_clusterThatDoesNotAnswer_unavailable() {
    AdminScratchDatabases nowhere =
        new AdminScratchDatabases(() -> new AdminConnection("127.0.0.1", 1, "u", "s3cret"));

    assertThatThrownBy(() -> nowhere.with(database -> ""))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
        .hasMessage("The cluster for throw-away databases does not answer; try again.");
  }

  @Test
  void toString_neverThePassword() {
    assertThat(new AdminConnection("h", 1, "u", "s3cret").toString())
        .isEqualTo("AdminConnection[host=h, port=1, user=u]");
    assertThat(new ScratchDatabase("jdbc:x", "u", "s3cret").toString())
        .isEqualTo("ScratchDatabase[jdbcUrl=jdbc:x, user=u]");
  }

  private static String execute(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "";
    }
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      return Long.parseLong(one(statement, sql));
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static Connection superuser() throws SQLException {
    return DriverManager.getConnection(CLUSTER.jdbcUrl(), CLUSTER.user(), CLUSTER.password());
  }
}
