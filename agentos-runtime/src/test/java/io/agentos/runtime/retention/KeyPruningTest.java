package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.retention.Records.Old;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of subjects go with the last task that was sealed with them. */
final class KeyPruningTest {
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
  void keyOfASubject_goesWithItsLastTask_andAHoldOnTheSubjectKeepsIt() {
    UUID ann = subjectKey("ann");
    UUID bob = subjectKey("bob");
    HoldId hold = archive.place(HoldScope.SUBJECT, "bob");
    for (int age : List.of(91, 92)) {
      archive.records.task(new Old(TestStore.ACME, TaskId.next(), null, age, "clerk", "a", ann));
    }
    Old young = new Old(TestStore.ACME, TaskId.next(), null, 5, "clerk", "a", ann);
    archive.records.task(young);
    archive.sweep();
    assertThat(archive.records.texts("select key_id::text from data_key"))
        .containsExactlyInAnyOrder(ann.toString(), bob.toString());

    archive.set(Archive.rules("tasks", 4));
    archive.sweep();
    assertThat(archive.records.count("task")).isZero();
    assertThat(archive.records.texts("select key_id::text from data_key"))
        .containsExactly(bob.toString());
    archive.release(hold);
    archive.sweep();
    assertThat(archive.records.count("data_key")).isZero();
    assertThat(archive.records.texts("select body from audit_entry where subject = 'data_keys'"))
        .hasSize(2)
        .allMatch(body -> body.contains("\"deleted\":\"1\""));
  }

  /** A task that is being stored under a key shares it; the deletion waits and keeps the key. */
  @Test
  void keyThatATaskIsStoredUnderJustNow_stays() {
    UUID ann = subjectKey("ann");
    archive
        .store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              tx.query(
                  "select 1 from data_key where tenant_id = 'acme' and key_id = ? for share",
                  row -> true,
                  ann);
              archive.records.run(
                  "insert into retention_turn (tenant_id) values ('acme') on conflict do nothing");
              archive.records.run("delete from retention_turn where tenant_id <> 'acme'");
              assertThatThrownBy(() -> archive.retention.pruner().turn())
                  .isInstanceOf(AgentOsException.class);
            });
    archive.records.task(new Old(TestStore.ACME, TaskId.next(), null, null, "clerk", "a", ann));
    archive.sweep();
    assertThat(archive.records.texts("select key_id::text from data_key"))
        .containsExactly(ann.toString());
  }

  private UUID subjectKey(String name) {
    return archive.records.key(
        TestStore.ACME,
        archive
            .store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> archive.store.keys().toExtend(tx, TestStore.ACME).subject(name)));
  }
}
