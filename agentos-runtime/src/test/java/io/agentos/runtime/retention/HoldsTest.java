package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.retention.Records.Old;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held stays, whoever deletes and whenever the hold is placed. */
final class HoldsTest {
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
  void hold_keepsAndReleaseLetsGo() {
    Old held = archive.old(91);
    archive.old(91);
    HoldId hold = archive.place(HoldScope.TASK, held.id().toString());
    archive.sweep();
    assertThat(archive.records.texts("select task_id::text from task"))
        .containsExactly(held.id().value().toString());
    assertThat(archive.covers(new Hold.Thing.OfTask(held.id().value()))).isEqualTo(hold);
    assertThatThrownBy(() ->
            archive
                .store
                .database()
                .inTenantDo(
                    TestStore.ACME,
                    tx ->
                        archive.holds.mustBeFree(
                            tx, TestStore.ACME, new Hold.Thing.OfTask(held.id().value()))))
        .hasMessage(
            "Hold %s keeps it; release the hold, or wait until somebody does.".formatted(hold));
    archive.release(hold);
    archive.sweep();
    assertThat(archive.records.count("task")).isZero();
    assertThatThrownBy(() -> archive.release(hold))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void holdOnASubject_coversItsTasks_andItsNameIsNotInTheDatabase() {
    byte[] subject =
        archive
            .store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> archive.store.keys().toExtend(tx, TestStore.ACME).subject("ann@example.com"));
    Old about =
        new Old(
            TestStore.ACME,
            TaskId.next(),
            null,
            91,
            "clerk",
            "a",
            archive.records.key(TestStore.ACME, subject));
    archive.records.task(about);
    HoldId hold = archive.place(HoldScope.SUBJECT, "ann@example.com");
    archive.sweep();
    assertThat(archive.records.count("task")).isEqualTo(1);
    assertThat(archive.covers(new Hold.Thing.OfSubject("ann@example.com"))).isEqualTo(hold);
    assertThat(archive.covers(new Hold.Thing.OfSubject("bob"))).isNull();
    assertThat(
            archive
                .holds
                .list(TestStore.ACME, true, new java.util.UUID(-1L, -1L), 10)
                .getFirst()
                .target())
        .isEqualTo("ann@example.com");
    assertThat(archive.records.texts("select h::text from legal_hold h").toString())
        .doesNotContain("ann@");
    assertThat(archive.records.texts("select body from audit_entry").toString())
        .doesNotContain("ann@");
    archive.release(hold);
    assertThat(
            archive
                .holds
                .list(TestStore.ACME, false, new java.util.UUID(-1L, -1L), 10)
                .getFirst()
                .target())
        .isEmpty();
  }

  @Test
  void holdOnATask_holdsItsSubjectFromErasure() {
    byte[] subject =
        archive
            .store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> archive.store.keys().toExtend(tx, TestStore.ACME).subject("ann"));
    Old about =
        new Old(
            TestStore.ACME,
            TaskId.next(),
            null,
            null,
            "clerk",
            "a",
            archive.records.key(TestStore.ACME, subject));
    archive.records.task(about);
    HoldId hold = archive.place(HoldScope.LABEL, "matter=a");
    assertThat(archive.covers(new Hold.Thing.OfSubject("ann"))).isEqualTo(hold);
  }

  @Test
  void holdOnTheTenant_keepsRecordsWithoutATask() {
    archive.records.run(
        """
        insert into idempotency (tenant_id, route, key, body_hash, status, response, created_at)
        values ('acme', 'r', 'k', decode(repeat('00', 32), 'hex'), 0, '', now() - interval '9 days'),
               ('other', 'r', 'k', decode(repeat('00', 32), 'hex'), 0, '', now() - interval '9 days')
        """);
    HoldId hold = archive.place(HoldScope.TENANT, "");
    archive.sweep();
    assertThat(archive.records.texts("select tenant_id from idempotency")).containsExactly("acme");
    archive.release(hold);
    archive.sweep();
    assertThat(archive.records.count("idempotency")).isZero();
  }

  @Test
  void wrongTargets_areRefused() {
    assertThatThrownBy(() -> archive.place(HoldScope.TENANT, "other"))
        .hasMessageContaining("target must be absent for the scope 'tenant', which is your own");
    assertThatThrownBy(() -> archive.place(HoldScope.AGENT, "clerk"))
        .hasMessageContaining("target must be PACK.AGENT, such as sales.clerk");
    assertThatThrownBy(() -> archive.place(HoldScope.LABEL, "=x"))
        .hasMessageContaining("target must be KEY=VALUE, such as matter=4711");
    Old theirs = new Old(TestStore.OTHER, 1);
    archive.records.task(theirs);
    assertThatThrownBy(() -> archive.place(HoldScope.TASK, theirs.id().toString()))
        .hasMessage("There is no task %s.".formatted(theirs.id()));
  }

  /** A deletion that is under way when a hold is placed: the hold waits, and says yes after it. */
  @Test
  void holdPlacedDuringASweep_waitsForIt_andCoversWhatIsLeft() throws InterruptedException {
    Old first = archive.old(91);
    Old second = archive.old(92);
    CountDownLatch deleting = new CountDownLatch(1);
    CountDownLatch placing = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread sweep =
        Thread.ofVirtual()
            .start(() ->
                archive
                    .store
                    .database()
                    .inRetention(
                        TestStore.ACME,
                        tx -> {
                          Holds.share(tx, TestStore.ACME);
                          List<TaskPruning.Place> chosen =
                              TaskPruning.choose(
                                  tx, TestStore.ACME, 90, TaskPruning.Place.FIRST, 1);
                          int deleted = TaskPruning.delete(tx, TestStore.ACME, 90, chosen);
                          deleting.countDown();
                          TestStore.await(placing);
                          archive.store.awaitWaiter();
                          return deleted;
                        }));
    deleting.await();
    Thread holder =
        Thread.ofVirtual()
            .start(() -> {
              placing.countDown();
              try {
                archive.place(HoldScope.AGENT, "shop.clerk");
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    sweep.join();
    holder.join();
    assertThat(failure.get()).isNull();
    archive.sweep();
    assertThat(archive.records.texts("select task_id::text from task"))
        .containsExactly(first.id().value().toString());
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  /** A hold that is being placed when a sweep begins: the sweep waits for it or leaves it be. */
  @Test
  void sweepDuringAPlacement_deletesNothingOfIt() {
    Old old = archive.old(91);
    archive
        .store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              archive.holds.place(
                  tx,
                  TestStore.ACME,
                  new Hold.Order(HoldScope.TASK, old.id().toString(), "because", "key:admin"));
              archive.records.run(
                  "insert into retention_turn (tenant_id) values ('acme') on conflict do nothing");
              archive.records.run("delete from retention_turn where tenant_id <> 'acme'");
              assertThatThrownBy(() -> archive.retention.pruner().turn())
                  .isInstanceOf(AgentOsException.class);
            });
    archive.sweep();
    assertThat(archive.records.count("task")).isEqualTo(1);
  }

  @Test
  void holdOnATask_holdsAllBelowIt() {
    Old root = archive.old(100);
    Old child = new Old(TestStore.ACME, TaskId.next(), root.id(), 100, "clerk", "b", null);
    archive.records.task(child);
    archive.old(100);
    HoldId hold = archive.place(HoldScope.TASK, root.id().toString());

    archive.sweep();

    assertThat(archive.covers(new Hold.Thing.OfTask(child.id().value()))).isEqualTo(hold);
    assertThat(archive.records.texts("select task_id::text from task"))
        .containsExactlyInAnyOrder(root.id().value().toString(), child.id().value().toString());
  }
}
