package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.retention.Records.Old;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention and holds, one situation at a time. */
final class RetentionTest {
  private final Archive archive = new Archive();

  @BeforeEach
  void keepTasksForNinetyDays() {
    archive.set(Archive.rules("tasks", 90));
  }

  @AfterEach
  void close() {
    archive.close();
  }

  @Test
  void endedTask_goesWithAllThatIsItsAlone_andIsCountedInTheAudit() {
    Old old = archive.old(91);
    Old young = archive.old(89);
    archive.records.traces(old, "shared", 91);
    archive.records.traces(young, "shared", 89);
    Old alone = archive.old(200);
    archive.records.traces(alone, "own", 200);
    archive.sweep();

    assertThat(archive.records.texts("select task_id::text from task"))
        .containsExactly(young.id().value().toString());
    assertThat(archive.records.count("journal")).isEqualTo(2);
    assertThat(archive.records.count("payload")).isEqualTo(1);
    assertThat(archive.pruned()).hasSize(1);
    assertThat(archive.pruned().getFirst().body())
        .contains(
            "\"kind\":\"tasks\"", "\"deleted\":\"2\"", "\"days\":\"90\"", "\"revision\":\"1\"");
    assertThat(archive.records.count("model_call_sum")).isEqualTo(2);
  }

  @Test
  void endpoints_areToldOfDeletions() {
    archive.records.run(
        """
        insert into webhook_endpoint (tenant_id, endpoint_id, url, description, events, content, created_by)
        values ('acme', gen_random_uuid(), 'https://example.com/', '', array['*'], 'ids', 'key:admin')
        """);
    archive.old(91);
    archive.sweep();
    assertThat(archive.records.count("task")).isZero();
    assertThat(archive.records.texts("select type from webhook_delivery"))
        .containsExactly("retention.pruned");
  }

  @Test
  void taskThatWasErased_goes_andItsDestroyedKeyStaysToSaySo() {
    java.util.UUID key = archive.records.key(TestStore.ACME, null);
    archive.records.run(
        "update data_key set erasing_at = now(), destroyed_at = now(), wrapped = null");
    archive.records.run(
        """
        insert into erasure (tenant_id, erasure_id, key_id, tasks, requested_by)
        values ('acme', gen_random_uuid(), '%s', 1, 'key:admin')
        """
            .formatted(key));
    archive.records.task(new Old(TestStore.ACME, TaskId.next(), null, 91, "clerk", "a", key));
    archive.sweep();
    assertThat(archive.records.count("task")).isZero();
    assertThat(archive.records.count("data_key")).isEqualTo(1);
  }

  @Test
  void withoutARule_tasksStay() {
    archive.old(5_000);
    archive.set(Archive.rules("tasks", null));
    archive.sweep();
    archive.set(Map.of());
    archive.sweep();
    assertThat(archive.records.count("task")).isEqualTo(1);
    assertThat(archive.pruned()).isEmpty();
  }

  @Test
  void oneTaskThatCannotGo_keepsNoOther() {
    Old stuck = archive.old(100);
    archive.records.run(
        "create table other (tenant_id text, task_id uuid, foreign key (tenant_id, task_id) references task)");
    archive.records.run("insert into other values ('acme', '%s')".formatted(stuck.id().value()));
    for (int i = 0; i < 60; i++) {
      archive.old(99);
    }
    archive.sweep();
    assertThat(archive.records.texts("select task_id::text from task"))
        .containsExactly(stuck.id().value().toString());
  }

  @Test
  void preview_countsAndDeletesNothing() {
    archive.records.traces(archive.old(91), "a", 91);
    archive.old(10);
    assertThat(archive.retention.preview(TestStore.ACME, Archive.rules("tasks", 5)))
        .contains(
            new Retention.Doomed("tasks", 5, 2),
            new Retention.Doomed("budget_reservations", 30, 1),
            new Retention.Doomed("policy_decisions", 400, 0),
            new Retention.Doomed("model_calls", null, 0));
    assertThat(archive.retention.preview(TestStore.OTHER, Archive.rules("tasks", 5)))
        .allMatch(doomed -> doomed.rows() == 0);
    assertThat(archive.records.count("task")).isEqualTo(2);
  }

  @Test
  void rules_outOfRangeOrUnknown_areRefused() {
    assertThatThrownBy(() -> archive.set(Archive.rules("tasks", 0)))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            "The request is not valid: rules.tasks must be P1D to P36500D, or null for ever.");
    assertThatThrownBy(() -> archive.set(Archive.rules("task", 9)))
        .hasMessageStartingWith(
            "The request is not valid: rules known kinds are tasks, data_keys, model_calls,");
  }

  @Test
  void nodeThatDiesInABatch_leavesAllOfItOrNothing() throws SQLException {
    Old old = archive.old(91);
    archive.records.traces(old, "a", 91);
    try (Statement statement = archive.records.connection().createStatement()) {
      assertThatThrownBy(() ->
              archive
                  .store
                  .database()
                  .inRetention(
                      TestStore.ACME,
                      tx -> {
                        Holds.share(tx, TestStore.ACME);
                        TaskPruning.delete(
                            tx,
                            TestStore.ACME,
                            90,
                            TaskPruning.choose(
                                tx, TestStore.ACME, 90, TaskPruning.Place.FIRST, 50));
                        archive.terminate(statement);
                        return tx.update("select 1");
                      }))
          .isInstanceOf(AgentOsException.class);
    }
    assertThat(archive.records.count("task")).isEqualTo(1);
    assertThat(archive.records.count("journal")).isEqualTo(2);
    assertThat(archive.records.count("model_call")).isEqualTo(1);
    assertThat(archive.records.count("model_call_sum")).isZero();
    archive.sweep();
    assertThat(archive.records.count("task")).isZero();
    assertThat(archive.records.count("payload")).isZero();
  }

  @Test
  void retentionRole_sees_oneTenantAndNoMore() {
    archive.old(91);
    archive.records.task(new Old(TestStore.OTHER, 91));
    int seen =
        archive
            .store
            .database()
            .inRetention(
                TestStore.ACME,
                tx ->
                    tx.queryOne("select count(*)::int as n from task", row -> row.number("n"))
                        .orElse(0));
    assertThat(seen).isEqualTo(1);
    for (String forbidden :
        List.of(
            "delete from audit_entry",
            "update task set output = ''",
            "delete from legal_hold",
            "delete from secret_version",
            "select wrapped from data_key",
            "select 1 from api_key")) {
      assertThatThrownBy(() ->
              archive.store.database().inRetention(TestStore.ACME, tx -> tx.update(forbidden)))
          .as(forbidden)
          .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    }
  }
}
