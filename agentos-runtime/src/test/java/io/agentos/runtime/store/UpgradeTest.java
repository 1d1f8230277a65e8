package io.agentos.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.Erasures;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Rows of a schema from before texts were sealed stay what they were. */
final class UpgradeTest {
  private static final TestPostgres.TestDatabase PLACE = TestPostgres.create();
  private static final TaskId TASK = TaskId.next();
  private static final String LONG = "{\"value\":\"" + "wren ".repeat(400) + "\"}";

  @Test
  void rowsFromBeforeSealing_areReadable_andGoOnUnsealed() throws SQLException {
    migrateTo6();
    insertAsBefore();
    DatabaseSettings admin =
        new DatabaseSettings(PLACE.jdbcUrl(), PLACE.user(), PLACE.password(), 2);
    Migrations.migrate(admin, "test");

    try (Database database =
        new Database(new DatabaseSettings(PLACE.jdbcUrl(), "agentos", "test", 4))) {
      StateStore stateStore = new StateStore(database, new DataKeys(TestStore.newVault()));
      TaskView task = stateStore.task(TestStore.ACME, TASK);
      assertThat(task.input()).isEqualTo("count the wrens");
      assertThat(task.labels()).containsExactly(Map.entry("env", "test"));
      assertThat(stateStore.events(TestStore.ACME, TASK, 0, 10))
          .extracting(Entry::body)
          .containsExactly("{\"priority\":5}", LONG, "");

      database.inTenantDo(
          TestStore.ACME,
          tx -> {
            stateStore.signal(tx, TestStore.ACME, TASK, new StateStore.Signal("word", "\"go\""));
            stateStore.cancel(tx, TestStore.ACME, TASK, "enough");
          });
      String told =
          database.inTenant(
              TestStore.ACME,
              tx ->
                  tx.queryOne(
                          "select convert_from(s.body, 'UTF8') || convert_from(t.cancel_reason, 'UTF8') as told"
                              + " from signal s join task t using (tenant_id, task_id)",
                          row -> row.text("told"))
                      .orElseThrow());
      assertThat(told).isEqualTo("\"go\"enough");
      mustNotBeErased(database, stateStore);
    }
  }

  private static void mustNotBeErased(Database database, StateStore stateStore) {
    Erasures erasures = new Erasures(database, stateStore, new Audit(InstantSource.system()));
    assertThatThrownBy(() ->
            database.inTenantDo(
                TestStore.ACME,
                tx ->
                    erasures.request(
                        tx, TestStore.ACME, new Erasures.Order.Task(TASK), "key:test")))
        .hasMessage(
            "Task %s is older than sealing and has no key to destroy; delete it by retention."
                .formatted(TASK));
  }

  private static void migrateTo6() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(MigrationsSql.ROLES);
      statement.execute(MigrationsSql.SCHEMA);
    }
    Flyway.configure()
        .dataSource(PLACE.jdbcUrl(), PLACE.user(), PLACE.password())
        .callbacks(new OwnerRole())
        .schemas("agentos")
        .defaultSchema("agentos")
        .createSchemas(false)
        .locations("classpath:db/migration")
        .placeholderReplacement(false)
        .loggers("slf4j")
        .target("6")
        .load()
        .migrate();
  }

  private static void insertAsBefore() throws SQLException {
    Request request =
        new Request(
            TestStore.ACME,
            TASK,
            "key:test",
            new Request.Target(null, null, null),
            new TaskInput.Text("count the wrens"),
            5,
            null,
            null,
            Map.of("env", "test"),
            null);
    insert("insert into agentos.tenant (tenant_id) values ('acme')");
    insert(
        """
        insert into agentos.task (tenant_id, task_id, state, program, request, priority, labels,
                                  principal, ready)
        values ('acme', ?::uuid, 'queued', 'old/1', ?, 5, '{"env":"test"}', 'key:test', true)
        """,
        TASK.value().toString(),
        Json.write(request));
    insert(
        "insert into agentos.payload values ('acme', sha256(convert_to(?, 'UTF8')), ?)",
        LONG,
        LONG);
    insert(
        """
        insert into agentos.journal (tenant_id, task_id, seq, type, position, name, epoch, at, body,
                                     payload)
        values ('acme', ?::uuid, 1, 'task.created', 0, '', 0, now(), '{"priority":5}', null),
               ('acme', ?::uuid, 2, 'step.committed', 1, 'one', 1, now(), null,
                sha256(convert_to(?, 'UTF8'))),
               ('acme', ?::uuid, 3, 'step.unknown', 2, 'two', 1, now(), '', null)
        """,
        TASK.value().toString(),
        TASK.value().toString(),
        LONG,
        TASK.value().toString());
  }

  private static void insert(String sql, String... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).isPositive();
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(PLACE.jdbcUrl(), PLACE.user(), PLACE.password());
  }
}
