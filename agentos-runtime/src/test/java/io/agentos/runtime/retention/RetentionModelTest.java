package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.costs.CostReport;
import io.agentos.runtime.retention.Records.Old;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random tasks under random rules and holds of two tenants, pruned by two nodes at once: what is
 * left is what a plain model says is left, and what was spent is told as before.
 */
final class RetentionModelTest {
  private static final long SEED = 20;
  private static final int ROUNDS = 6;
  private static final int TASKS = 60;
  private static final List<TenantId> TENANTS = List.of(TestStore.ACME, TestStore.OTHER);
  private static final List<String> AGENTS = List.of("clerk", "scout");
  private static final List<String> LABELS = List.of("a", "b", "c");
  private final Random random = new Random(SEED);
  private final RetentionModel model = new RetentionModel();

  @Test
  void whatIsLeft_isWhatTheModelSays() throws SQLException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      try (TestStore store = new TestStore();
          Records records = new Records(store)) {
        RetentionModel.World world = world(store, records);
        Map<TenantId, List<CostReport.Line>> costs = costs(store);
        Retention retention = new Retention(store.database(), store.audit());
        // A tree goes from its leaves on: each sweep takes one generation at least.
        for (int sweep = 0; sweep < 8; sweep++) {
          sweepOnTwoNodes(retention, records);
        }
        model.check(world, records, "round " + round);
        assertThat(costs(store)).as("costs of round " + round).isEqualTo(costs);
        for (TenantId tenant : TENANTS) {
          assertThat(store.audit().verify(store.database(), tenant).problem()).isEmpty();
        }
      }
    }
  }

  private RetentionModel.World world(TestStore store, Records records) {
    model.subjects.clear();
    model.owners.clear();
    RetentionModel.World world =
        new RetentionModel.World(
            new LinkedHashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new ArrayList<>());
    Holds holds = new Holds(store.database(), store.vault(), store.keys(), store.audit());
    Retention retention = new Retention(store.database(), store.audit());
    for (TenantId tenant : TENANTS) {
      tasks(store, records, world, tenant);
      Map<String, @Nullable Integer> days = days();
      world.rules().put(tenant, days);
      store.database().inTenant(tenant, tx -> retention.set(tx, tenant, days, "key:admin"));
      for (int i = random.nextInt(3); i > 0; i--) {
        Hold.Order order = order(world, tenant);
        RetentionModel.Placed placed = new RetentionModel.Placed(tenant, order);
        world.holds().add(placed);
        Hold hold = store.database().inTenant(tenant, tx -> holds.place(tx, tenant, order));
        if (random.nextInt(4) == 0) {
          store
              .database()
              .inTenant(
                  tenant,
                  tx ->
                      holds.release(
                          tx, tenant, io.agentos.api.HoldId.parse(hold.id()), "over", "key:admin"));
          world.holds().remove(placed);
        }
      }
    }
    return world;
  }

  private void tasks(
      TestStore store, Records records, RetentionModel.World world, TenantId tenant) {
    List<TaskId> made = new ArrayList<>();
    List<UUID> keys = new ArrayList<>();
    for (String name : List.of("ann", "bob")) {
      byte[] subject =
          store.database().inTenant(tenant, tx -> store.keys().toExtend(tx, tenant).subject(name));
      UUID key = records.key(tenant, subject);
      model.subjects.put(key, name);
      model.owners.put(key, tenant);
      keys.add(key);
    }
    for (int i = 0; i < TASKS; i++) {
      TaskId parent =
          made.isEmpty() || random.nextInt(3) > 0 ? null : made.get(random.nextInt(made.size()));
      UUID key =
          switch (random.nextInt(3)) {
            case 0 -> keys.get(random.nextInt(2));
            case 1 -> records.key(tenant, null);
            default -> null;
          };
      Old old =
          new Old(
              tenant,
              TaskId.next(),
              parent,
              random.nextInt(6) == 0 ? null : random.nextInt(500),
              AGENTS.get(random.nextInt(2)),
              LABELS.get(random.nextInt(3)),
              key);
      int age = random.nextInt(500);
      String payload = "value " + random.nextInt(20);
      records.task(old);
      records.traces(old, payload, age);
      if (random.nextInt(12) == 0) {
        records.reservation(old, 2, random.nextBoolean() ? "held" : "settled", age);
        world.ages().put(old.id(), -1 - age);
      } else {
        world.ages().put(old.id(), age);
      }
      world.tasks().put(old.id(), old);
      world.payloads().put(old.id(), payload);
      made.add(old.id());
    }
  }

  private Map<String, @Nullable Integer> days() {
    Map<String, @Nullable Integer> days = new LinkedHashMap<>();
    for (String kind : List.of("tasks", "model_calls", "policy_decisions", "budget_reservations")) {
      if (random.nextInt(4) > 0) {
        days.put(kind, random.nextInt(4) == 0 ? null : 7 + random.nextInt(400));
      }
    }
    return days;
  }

  private Hold.Order order(RetentionModel.World world, TenantId tenant) {
    List<Old> own = world.tasks().values().stream().filter(t -> t.tenant().equals(tenant)).toList();
    Old some = own.get(random.nextInt(own.size()));
    return switch (random.nextInt(9)) {
      case 0 -> new Hold.Order(HoldScope.TENANT, "", "because", "key:admin");
      case 1, 2 -> new Hold.Order(HoldScope.TASK, some.id().toString(), "because", "key:admin");
      case 3, 4 -> new Hold.Order(HoldScope.AGENT, "shop." + some.agent(), "because", "key:admin");
      case 5, 6 ->
          new Hold.Order(HoldScope.LABEL, "matter=" + some.label(), "because", "key:admin");
      default ->
          new Hold.Order(
              HoldScope.SUBJECT, random.nextBoolean() ? "ann" : "bob", "because", "key:admin");
    };
  }

  private static void sweepOnTwoNodes(Retention retention, Records records)
      throws InterruptedException {
    records.due();
    CountDownLatch begin = new CountDownLatch(1);
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> nodes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Pruner pruner = retention.pruner();
      nodes.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begin.await();
                  for (int turn = 0; turn < 10; turn++) {
                    if (pruner.turn().isEmpty()) {
                      return;
                    }
                  }
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    begin.countDown();
    for (Thread node : nodes) {
      node.join();
    }
    assertThat(failures).isEmpty();
  }

  private static Map<TenantId, List<CostReport.Line>> costs(TestStore store) {
    CostReport report = new CostReport(store.database());
    Map<TenantId, List<CostReport.Line>> costs = new LinkedHashMap<>();
    for (TenantId tenant : TENANTS) {
      List<CostReport.Line> lines =
          report.lines(tenant, new CostReport.Query(Set.of(CostReport.Group.values()), null, null));
      assertThat(lines.stream().map(CostReport.Line::costUsdPicos).reduce(BigInteger::add))
          .hasValue(BigInteger.valueOf(1_500_001L * TASKS));
      costs.put(tenant, lines);
    }
    return costs;
  }
}
