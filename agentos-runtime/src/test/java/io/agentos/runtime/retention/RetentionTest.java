package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.retention.Records.Old;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention and holds, one situation at a time. */
final class RetentionTest {
  private final TestStore store = new TestStore();
  private final Holds holds =
      new Holds(store.database(), store.vault(), store.keys(), store.audit());
  private final Retention retention = new Retention(store.database(), store.audit());
  private final Records records = records();

  @BeforeEach
  void keepTasksForNinetyDays() {
    set(rules("tasks", 90));
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    try (store;
        records) {
      // Both are done with.
    }
  }

  @Test
  void endedTask_goesWithAllThatIsItsAlone_andIsCountedInTheAudit() {
    Old old = old(91);
    Old young = old(89);
    records.traces(old, "shared", 91);
    records.traces(young, "shared", 89);
    Old alone = old(200);
    records.traces(alone, "own", 200);
    sweep();

    assertThat(records.texts("select task_id::text from task"))
        .containsExactly(young.id().value().toString());
    assertThat(records.count("journal")).isEqualTo(2);
    assertThat(records.count("payload")).isEqualTo(1);
    assertThat(pruned()).hasSize(1);
    assertThat(pruned().getFirst().body())
        .contains(
            "\"kind\":\"tasks\"", "\"deleted\":\"2\"", "\"days\":\"90\"", "\"revision\":\"1\"");
    assertThat(records.count("model_call_sum")).isEqualTo(2);
  }

  @Test
  void endpoints_areToldOfDeletions() {
    records.run(
        """
        insert into webhook_endpoint (tenant_id, endpoint_id, url, description, events, content, created_by)
        values ('acme', gen_random_uuid(), 'https://example.com/', '', array['*'], 'ids', 'key:admin')
        """);
    old(91);
    sweep();
    assertThat(records.count("task")).isZero();
    assertThat(records.texts("select type from webhook_delivery"))
        .containsExactly("retention.pruned");
  }

  @Test
  void taskThatWasErased_goes_andItsDestroyedKeyStaysToSaySo() {
    java.util.UUID key = records.key(TestStore.ACME, null);
    records.run("update data_key set erasing_at = now(), destroyed_at = now(), wrapped = null");
    records.run(
        """
        insert into erasure (tenant_id, erasure_id, key_id, tasks, requested_by)
        values ('acme', gen_random_uuid(), '%s', 1, 'key:admin')
        """
            .formatted(key));
    records.task(new Old(TestStore.ACME, TaskId.next(), null, 91, "clerk", "a", key));
    sweep();
    assertThat(records.count("task")).isZero();
    assertThat(records.count("data_key")).isEqualTo(1);
  }

  @Test
  void keyOfASubject_goesWithItsLastTask_andAHoldOnTheSubjectKeepsIt() {
    java.util.UUID ann = subjectKey("ann");
    java.util.UUID bob = subjectKey("bob");
    HoldId hold = place(HoldScope.SUBJECT, "bob");
    for (int age : List.of(91, 92)) {
      records.task(new Old(TestStore.ACME, TaskId.next(), null, age, "clerk", "a", ann));
    }
    Old young = new Old(TestStore.ACME, TaskId.next(), null, 5, "clerk", "a", ann);
    records.task(young);
    sweep();
    assertThat(records.texts("select key_id::text from data_key"))
        .containsExactlyInAnyOrder(ann.toString(), bob.toString());

    set(rules("tasks", 4));
    sweep();
    assertThat(records.count("task")).isZero();
    assertThat(records.texts("select key_id::text from data_key")).containsExactly(bob.toString());
    release(hold);
    sweep();
    assertThat(records.count("data_key")).isZero();
    assertThat(records.texts("select body from audit_entry where subject = 'data_keys'"))
        .hasSize(2)
        .allMatch(body -> body.contains("\"deleted\":\"1\""));
  }

  /** A task that is being stored under a key shares it; the deletion waits and keeps the key. */
  @Test
  void keyThatATaskIsStoredUnderJustNow_stays() {
    java.util.UUID ann = subjectKey("ann");
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              tx.query(
                  "select 1 from data_key where tenant_id = 'acme' and key_id = ? for share",
                  row -> true,
                  ann);
              records.run(
                  "insert into retention_turn (tenant_id) values ('acme') on conflict do nothing");
              records.run("delete from retention_turn where tenant_id <> 'acme'");
              assertThatThrownBy(() -> retention.pruner().turn())
                  .isInstanceOf(AgentOsException.class);
            });
    records.task(new Old(TestStore.ACME, TaskId.next(), null, null, "clerk", "a", ann));
    sweep();
    assertThat(records.texts("select key_id::text from data_key")).containsExactly(ann.toString());
  }

  private java.util.UUID subjectKey(String name) {
    return records.key(
        TestStore.ACME,
        store
            .database()
            .inTenant(
                TestStore.ACME, tx -> store.keys().toExtend(tx, TestStore.ACME).subject(name)));
  }

  @Test
  void withoutARule_tasksStay() {
    old(5_000);
    set(rules("tasks", null));
    sweep();
    set(Map.of());
    sweep();
    assertThat(records.count("task")).isEqualTo(1);
    assertThat(pruned()).isEmpty();
  }

  @Test
  void oneTaskThatCannotGo_keepsNoOther() {
    Old stuck = old(100);
    records.run(
        "create table other (tenant_id text, task_id uuid, foreign key (tenant_id, task_id) references task)");
    records.run("insert into other values ('acme', '%s')".formatted(stuck.id().value()));
    for (int i = 0; i < 60; i++) {
      old(99);
    }
    sweep();
    assertThat(records.texts("select task_id::text from task"))
        .containsExactly(stuck.id().value().toString());
  }

  @Test
  void preview_countsAndDeletesNothing() {
    records.traces(old(91), "a", 91);
    old(10);
    assertThat(retention.preview(TestStore.ACME, rules("tasks", 5)))
        .contains(
            new Retention.Doomed("tasks", 5, 2),
            new Retention.Doomed("budget_reservations", 30, 1),
            new Retention.Doomed("policy_decisions", 400, 0),
            new Retention.Doomed("model_calls", null, 0));
    assertThat(retention.preview(TestStore.OTHER, rules("tasks", 5)))
        .allMatch(doomed -> doomed.rows() == 0);
    assertThat(records.count("task")).isEqualTo(2);
  }

  @Test
  void rules_outOfRangeOrUnknown_areRefused() {
    assertThatThrownBy(() -> set(rules("tasks", 0)))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            "The request is not valid: rules.tasks must be P1D to P36500D, or null for ever.");
    assertThatThrownBy(() -> set(rules("task", 9)))
        .hasMessageStartingWith(
            "The request is not valid: rules known kinds are tasks, data_keys, model_calls,");
  }

  @Test
  void hold_keepsAndReleaseLetsGo() {
    Old held = old(91);
    old(91);
    HoldId hold = place(HoldScope.TASK, held.id().toString());
    sweep();
    assertThat(records.texts("select task_id::text from task"))
        .containsExactly(held.id().value().toString());
    assertThat(covers(new Hold.Thing.OfTask(held.id().value()))).isEqualTo(hold);
    assertThatThrownBy(() ->
            store
                .database()
                .inTenantDo(
                    TestStore.ACME,
                    tx ->
                        holds.mustBeFree(
                            tx, TestStore.ACME, new Hold.Thing.OfTask(held.id().value()))))
        .hasMessage(
            "Hold %s keeps it; release the hold, or wait until somebody does.".formatted(hold));
    release(hold);
    sweep();
    assertThat(records.count("task")).isZero();
    assertThatThrownBy(() -> release(hold))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void holdOnASubject_coversItsTasks_andItsNameIsNotInTheDatabase() {
    byte[] subject =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> store.keys().toExtend(tx, TestStore.ACME).subject("ann@example.com"));
    Old about =
        new Old(
            TestStore.ACME,
            TaskId.next(),
            null,
            91,
            "clerk",
            "a",
            records.key(TestStore.ACME, subject));
    records.task(about);
    HoldId hold = place(HoldScope.SUBJECT, "ann@example.com");
    sweep();
    assertThat(records.count("task")).isEqualTo(1);
    assertThat(covers(new Hold.Thing.OfSubject("ann@example.com"))).isEqualTo(hold);
    assertThat(covers(new Hold.Thing.OfSubject("bob"))).isNull();
    assertThat(
            holds.list(TestStore.ACME, true, new java.util.UUID(-1L, -1L), 10).getFirst().target())
        .isEqualTo("ann@example.com");
    assertThat(records.texts("select h::text from legal_hold h").toString()).doesNotContain("ann@");
    assertThat(records.texts("select body from audit_entry").toString()).doesNotContain("ann@");
    release(hold);
    assertThat(
            holds.list(TestStore.ACME, false, new java.util.UUID(-1L, -1L), 10).getFirst().target())
        .isEmpty();
  }

  @Test
  void holdOnATask_holdsItsSubjectFromErasure() {
    byte[] subject =
        store
            .database()
            .inTenant(
                TestStore.ACME, tx -> store.keys().toExtend(tx, TestStore.ACME).subject("ann"));
    Old about =
        new Old(
            TestStore.ACME,
            TaskId.next(),
            null,
            null,
            "clerk",
            "a",
            records.key(TestStore.ACME, subject));
    records.task(about);
    HoldId hold = place(HoldScope.LABEL, "matter=a");
    assertThat(covers(new Hold.Thing.OfSubject("ann"))).isEqualTo(hold);
  }

  @Test
  void holdOnTheTenant_keepsRecordsWithoutATask() {
    records.run(
        """
        insert into idempotency (tenant_id, route, key, body_hash, status, response, created_at)
        values ('acme', 'r', 'k', decode(repeat('00', 32), 'hex'), 0, '', now() - interval '9 days'),
               ('other', 'r', 'k', decode(repeat('00', 32), 'hex'), 0, '', now() - interval '9 days')
        """);
    HoldId hold = place(HoldScope.TENANT, "");
    sweep();
    assertThat(records.texts("select tenant_id from idempotency")).containsExactly("acme");
    release(hold);
    sweep();
    assertThat(records.count("idempotency")).isZero();
  }

  @Test
  void wrongTargets_areRefused() {
    assertThatThrownBy(() -> place(HoldScope.TENANT, "other"))
        .hasMessageContaining("target must be absent for the scope 'tenant', which is your own");
    assertThatThrownBy(() -> place(HoldScope.AGENT, "clerk"))
        .hasMessageContaining("target must be PACK.AGENT, such as sales.clerk");
    assertThatThrownBy(() -> place(HoldScope.LABEL, "=x"))
        .hasMessageContaining("target must be KEY=VALUE, such as matter=4711");
    Old theirs = new Old(TestStore.OTHER, 1);
    records.task(theirs);
    assertThatThrownBy(() -> place(HoldScope.TASK, theirs.id().toString()))
        .hasMessage("There is no task %s.".formatted(theirs.id()));
  }

  /** A deletion that is under way when a hold is placed: the hold waits, and says yes after it. */
  @Test
  void holdPlacedDuringASweep_waitsForIt_andCoversWhatIsLeft() throws InterruptedException {
    Old first = old(91);
    Old second = old(92);
    CountDownLatch deleting = new CountDownLatch(1);
    CountDownLatch placing = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread sweep =
        Thread.ofVirtual()
            .start(() ->
                store
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
                          await(placing);
                          awaitWaiter();
                          return deleted;
                        }));
    deleting.await();
    Thread holder =
        Thread.ofVirtual()
            .start(() -> {
              placing.countDown();
              try {
                place(HoldScope.AGENT, "shop.clerk");
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    sweep.join();
    holder.join();
    assertThat(failure.get()).isNull();
    sweep();
    assertThat(records.texts("select task_id::text from task"))
        .containsExactly(first.id().value().toString());
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  /** A hold that is being placed when a sweep begins: the sweep waits for it or leaves it be. */
  @Test
  void sweepDuringAPlacement_deletesNothingOfIt() {
    Old old = old(91);
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              holds.place(
                  tx,
                  TestStore.ACME,
                  new Hold.Order(HoldScope.TASK, old.id().toString(), "because", "key:admin"));
              records.run(
                  "insert into retention_turn (tenant_id) values ('acme') on conflict do nothing");
              records.run("delete from retention_turn where tenant_id <> 'acme'");
              assertThatThrownBy(() -> retention.pruner().turn())
                  .isInstanceOf(AgentOsException.class);
            });
    sweep();
    assertThat(records.count("task")).isEqualTo(1);
  }

  @Test
  void nodeThatDiesInABatch_leavesAllOfItOrNothing() throws SQLException {
    Old old = old(91);
    records.traces(old, "a", 91);
    try (Statement statement = records.connection().createStatement()) {
      assertThatThrownBy(() ->
              store
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
                        terminate(statement);
                        return tx.update("select 1");
                      }))
          .isInstanceOf(AgentOsException.class);
    }
    assertThat(records.count("task")).isEqualTo(1);
    assertThat(records.count("journal")).isEqualTo(2);
    assertThat(records.count("model_call")).isEqualTo(1);
    assertThat(records.count("model_call_sum")).isZero();
    sweep();
    assertThat(records.count("task")).isZero();
    assertThat(records.count("payload")).isZero();
  }

  @Test
  void retentionRole_sees_oneTenantAndNoMore() {
    old(91);
    records.task(new Old(TestStore.OTHER, 91));
    int seen =
        store
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
      assertThatThrownBy(
              () -> store.database().inRetention(TestStore.ACME, tx -> tx.update(forbidden)))
          .as(forbidden)
          .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    }
  }

  private void terminate(Statement statement) {
    try {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_locks l join pg_class c on c.oid = l.relation"
              + " where c.relname = 'payload' and l.mode = 'ShareRowExclusiveLock'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns when somebody waits for a lock. */
  private void awaitWaiter() {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < until) {
      if (!records.texts("select pid::text from pg_locks where not granted").isEmpty()) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("nobody waits");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void holdOnATask_holdsAllBelowIt() {
    Old root = old(100);
    Old child = new Old(TestStore.ACME, TaskId.next(), root.id(), 100, "clerk", "b", null);
    records.task(child);
    old(100);
    HoldId hold = place(HoldScope.TASK, root.id().toString());

    sweep();

    assertThat(covers(new Hold.Thing.OfTask(child.id().value()))).isEqualTo(hold);
    assertThat(records.texts("select task_id::text from task"))
        .containsExactlyInAnyOrder(root.id().value().toString(), child.id().value().toString());
  }

  private Records records() {
    try {
      return new Records(store);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Old old(int endedDaysAgo) {
    Old old = new Old(TestStore.ACME, endedDaysAgo);
    records.task(old);
    return old;
  }

  private void sweep() {
    Pruner pruner = retention.pruner();
    for (int pass = 0; pass < 2; pass++) {
      records.due();
      while (pruner.turn().isPresent()) {
        // Until no tenant is due.
      }
    }
  }

  private HoldId place(HoldScope scope, String target) {
    Hold hold =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx ->
                    holds.place(
                        tx, TestStore.ACME, new Hold.Order(scope, target, "because", "key:admin")));
    return HoldId.parse(hold.id());
  }

  private void release(HoldId hold) {
    store
        .database()
        .inTenant(
            TestStore.ACME, tx -> holds.release(tx, TestStore.ACME, hold, "settled", "key:admin"));
  }

  private @Nullable HoldId covers(Hold.Thing thing) {
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> holds.covers(tx, TestStore.ACME, thing))
        .orElse(null);
  }

  private void set(Map<String, @Nullable Integer> rules) {
    store
        .database()
        .inTenant(TestStore.ACME, tx -> retention.set(tx, TestStore.ACME, rules, "key:admin"));
  }

  private List<Audit.Stored> pruned() {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter("retention.pruned", null, "tasks", Long.MAX_VALUE),
            10);
  }

  private static Map<String, @Nullable Integer> rules(String kind, @Nullable Integer days) {
    Map<String, @Nullable Integer> rules = new LinkedHashMap<>();
    rules.put(kind, days);
    return rules;
  }
}
