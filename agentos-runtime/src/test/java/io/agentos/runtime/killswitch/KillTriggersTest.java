package io.agentos.runtime.killswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentos.api.AuditEntry;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KillTriggersTest {
  private static final KillTriggers.Settings ALL =
      new KillTriggers.Settings(Duration.ofMinutes(10), 3, 3, 3, 50, 10, 4);
  private static final UUID NEWEST = new UUID(-1L, -1L);

  private TestStore store;
  private KillSwitches killSwitches;

  @BeforeEach
  void open() {
    store = new TestStore();
    killSwitches = new KillSwitches(store.database(), store.audit());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void loopsOfAnAgent_stopItOnce_andAgainOnlyForNewOnes() {
    happened("loop.detected", "agent:shop.clerk", 2);
    happened("loop.detected", "agent:shop.courier", 1);
    assertThat(sweep(ALL)).as("below the bound").isZero();

    happened("loop.detected", "agent:shop.clerk", 1);
    assertThat(sweep(ALL)).isEqualTo(1);
    assertThat(sweep(ALL)).as("one stands").isZero();
    KillSwitch stands = onlyOne();
    assertThat(stands.scope()).isEqualTo(KillSwitch.Scope.AGENT);
    assertThat(stands.target()).isEqualTo("shop.clerk");
    assertThat(stands.engagedBy()).isEqualTo("system:trigger");
    assertThat(stands.trigger()).isEqualTo("loops");
    assertThat(stands.reason())
        .isEqualTo("Trigger: 3 loops detected within PT10M; 3 are configured to stop it.");
    assertThat(audited("kill.engaged"))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actor()).isEqualTo("system:trigger");
          assertThat(entry.body()).contains("\"trigger\":\"loops\"");
        });

    release(stands);
    assertThat(sweep(ALL)).as("what came before the release").isZero();
    happened("loop.detected", "agent:shop.clerk", 3);
    assertThat(sweep(ALL)).isEqualTo(1);
  }

  @Test
  void refusalsOfGates_stopTheAgent() {
    happened("gate.refused", "agent:shop.clerk", 4);
    happened("gate.refused", "key:someone", 9);

    assertThat(sweep(ALL)).isEqualTo(1);
    assertThat(onlyOne().reason())
        .isEqualTo("Trigger: 4 refusals of gates within PT10M; 3 are configured to stop it.");
  }

  @Test
  void exceededBudgets_stopTheTenant_andNoOther() {
    happened("budget.exceeded", "agent:shop.clerk", 2);
    happened("budget.exceeded", "agent:shop.courier", 1);

    assertThat(sweep(ALL)).isEqualTo(1);
    KillSwitch stands = onlyOne();
    assertThat(stands.scope()).isEqualTo(KillSwitch.Scope.TENANT);
    assertThat(stands.tenant()).isEqualTo(TestStore.ACME);
    assertThat(stands.reason())
        .isEqualTo("Trigger: 3 budgets exceeded within PT10M; 3 are configured to stop it.");
    assertThat(killSwitches.standing(TestStore.OTHER)).isEmpty();
  }

  @Test
  void shareOfFailedTasks_stopsTheAgent_fromAMinimumOn() throws SQLException {
    ended("shop.clerk", "failed", 3);
    assertThat(sweep(ALL)).as("three are too few to judge").isZero();
    ended("shop.courier", "completed", 6);
    ended("shop.courier", "failed", 5);
    ended("shop.clerk", "completed", 2);

    assertThat(sweep(ALL)).isEqualTo(2);
    assertThat(killSwitches.standing(TestStore.ACME))
        .extracting(KillSwitch::target, KillSwitch::reason)
        .containsExactlyInAnyOrder(
            tuple(
                "shop.clerk",
                "Trigger: 3 of the last 5 tasks failed; 50 % of at least 4 are configured to stop it."),
            tuple(
                "shop.courier",
                "Trigger: 5 of the last 10 tasks failed; 50 % of at least 4 are configured to stop it."));
  }

  @Test
  void whatIsOff_stopsNothing() {
    happened("loop.detected", "agent:shop.clerk", 50);
    happened("budget.exceeded", "agent:shop.clerk", 50);

    assertThat(KillTriggers.Settings.OFF.any()).isFalse();
    assertThat(sweep(KillTriggers.Settings.OFF)).isZero();
  }

  @Test
  void nodesThatSeeTheSame_engageOneSwitch() throws Exception {
    happened("loop.detected", "agent:shop.clerk", 3);
    List<Callable<Integer>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      nodes.add(() -> sweep(ALL));
    }
    int engaged = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(nodes)) {
        engaged += each.get();
      }
    }
    assertThat(engaged).isEqualTo(1);
    assertThat(onlyOne().trigger()).isEqualTo("loops");
  }

  private int sweep(KillTriggers.Settings settings) {
    return new KillTriggers(store.database(), store.audit(), settings).sweep();
  }

  private KillSwitch onlyOne() {
    List<KillSwitch> all = killSwitches.list(TestStore.ACME, NEWEST, false, 10);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private void release(KillSwitch stands) {
    TenantId tenant = stands.tenant();
    store
        .database()
        .inTenant(tenant, tx -> killSwitches.release(tx, tenant, stands.id(), "key:operator"));
  }

  private void happened(String type, String actor, int times) {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      entries.add(new AuditEntry(TestStore.ACME, type, actor, TaskId.next().toString(), Map.of()));
    }
    store.database().inTenantDo(TestStore.ACME, tx -> store.audit().append(tx, entries));
  }

  /** Tasks of an agent that have ended, in this order. */
  private void ended(String agent, String state, int times) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into agentos.task (tenant_id, task_id, state, program, request, agent,
                    priority, labels, principal, ready, ended_at)
                values ('acme', ?, ?, 'test/1', '{}', ?, 5, '{}', 'key:test', false, clock_timestamp())
                """)) {
      for (int i = 0; i < times; i++) {
        insert.setObject(1, TaskId.next().value());
        insert.setString(2, state);
        insert.setString(3, agent);
        insert.executeUpdate();
      }
    }
  }

  private List<Audit.Stored> audited(String type) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter(type, null, null, Long.MAX_VALUE),
            10);
  }
}
