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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
  private final Map<UUID, String> subjects = new HashMap<>();
  private final Map<UUID, TenantId> owners = new HashMap<>();

  /** What is true of one round. */
  private record World(
      Map<TaskId, Old> tasks,
      Map<TaskId, String> payloads,
      Map<TaskId, Integer> ages,
      Map<TenantId, Map<String, @Nullable Integer>> rules,
      List<Placed> holds) {}

  /** A hold in force; two tenants may place the same. */
  private record Placed(TenantId tenant, Hold.Order order) {}

  @Test
  void whatIsLeft_isWhatTheModelSays() throws SQLException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      try (TestStore store = new TestStore();
          Records records = new Records(store)) {
        World world = world(store, records);
        Map<TenantId, List<CostReport.Line>> costs = costs(store);
        Retention retention = new Retention(store.database(), store.audit());
        // A tree goes from its leaves on: each sweep takes one generation at least.
        for (int sweep = 0; sweep < 8; sweep++) {
          sweepOnTwoNodes(retention, records);
        }
        check(world, records, "round " + round);
        assertThat(costs(store)).as("costs of round " + round).isEqualTo(costs);
        for (TenantId tenant : TENANTS) {
          assertThat(store.audit().verify(store.database(), tenant).problem()).isEmpty();
        }
      }
    }
  }

  private World world(TestStore store, Records records) {
    subjects.clear();
    owners.clear();
    World world =
        new World(
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
      world.rules.put(tenant, days);
      store.database().inTenant(tenant, tx -> retention.set(tx, tenant, days, "key:admin"));
      for (int i = random.nextInt(3); i > 0; i--) {
        Hold.Order order = order(world, tenant);
        Placed placed = new Placed(tenant, order);
        world.holds.add(placed);
        Hold hold = store.database().inTenant(tenant, tx -> holds.place(tx, tenant, order));
        if (random.nextInt(4) == 0) {
          store
              .database()
              .inTenant(
                  tenant,
                  tx ->
                      holds.release(
                          tx, tenant, io.agentos.api.HoldId.parse(hold.id()), "over", "key:admin"));
          world.holds.remove(placed);
        }
      }
    }
    return world;
  }

  private void tasks(TestStore store, Records records, World world, TenantId tenant) {
    List<TaskId> made = new ArrayList<>();
    List<UUID> keys = new ArrayList<>();
    for (String name : List.of("ann", "bob")) {
      byte[] subject =
          store.database().inTenant(tenant, tx -> store.keys().toExtend(tx, tenant).subject(name));
      UUID key = records.key(tenant, subject);
      subjects.put(key, name);
      owners.put(key, tenant);
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
        world.ages.put(old.id(), -1 - age);
      } else {
        world.ages.put(old.id(), age);
      }
      world.tasks.put(old.id(), old);
      world.payloads.put(old.id(), payload);
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

  private Hold.Order order(World world, TenantId tenant) {
    List<Old> own = world.tasks.values().stream().filter(t -> t.tenant().equals(tenant)).toList();
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

  private boolean held(World world, Old task) {
    return world.holds.stream()
        .filter(placed -> task.tenant().equals(placed.tenant()))
        .map(Placed::order)
        .anyMatch(order ->
            switch (order.scope()) {
              case TENANT -> true;
              case TASK -> comesFrom(world, task, order.target());
              case AGENT -> order.target().equals("shop." + task.agent());
              case LABEL -> order.target().equals("matter=" + task.label());
              case SUBJECT -> order.target().equals(subjects.getOrDefault(task.key(), "nobody"));
            });
  }

  /** Whether the key of a subject is kept though no task may use it. */
  private static boolean held(World world, TenantId tenant, String subject) {
    return world.holds.stream()
        .filter(placed -> tenant.equals(placed.tenant()))
        .map(Placed::order)
        .anyMatch(order ->
            order.scope() == HoldScope.TENANT
                || (order.scope() == HoldScope.SUBJECT && order.target().equals(subject)));
  }

  /** Whether a task is this one or comes from it. */
  private static boolean comesFrom(World world, Old task, String id) {
    Old up = task;
    while (up != null && !up.id().toString().equals(id)) {
      up = up.parent() == null ? null : world.tasks.get(up.parent());
    }
    return up != null;
  }

  /** Takes tasks away until none may go. */
  private Set<TaskId> left(World world) {
    Set<TaskId> left = new HashSet<>(world.tasks.keySet());
    boolean changed = true;
    while (changed) {
      changed =
          left.removeIf(id -> {
            Old task = world.tasks.get(id);
            Integer days = world.rules.get(task.tenant()).get("tasks");
            Old parent = task.parent() == null ? null : world.tasks.get(task.parent());
            return days != null
                && task.endedDaysAgo() != null
                && task.endedDaysAgo() >= days
                && !held(world, task)
                && world.ages.get(id) >= 0
                && (parent == null || parent.endedDaysAgo() != null)
                && left.stream().noneMatch(other -> id.equals(world.tasks.get(other).parent()));
          });
    }
    return left;
  }

  private void check(World world, Records records, String where) {
    Set<TaskId> left = left(world);
    assertThat(records.texts("select task_id::text from task")).as(where).isEqualTo(ids(left));
    assertThat(records.texts("select distinct task_id::text from journal"))
        .as("journals of " + where)
        .isEqualTo(ids(left));
    for (String table : List.of("signal", "approval")) {
      assertThat(records.texts("select task_id::text from " + table))
          .as(table + " of " + where)
          .isEqualTo(ids(left));
    }
    assertThat(records.count("approval_vote")).as(where).isEqualTo(left.size());
    rows(world, left, records, "model_calls", "model_call", null, where);
    rows(world, left, records, "policy_decisions", "policy_decision", 400, where);
    rows(
        world,
        left,
        records,
        "budget_reservations",
        "budget_reservation where state = 'applied'",
        30,
        where);
    Set<String> payloads = new TreeSet<>();
    left.forEach(id -> payloads.add(world.tasks.get(id).tenant() + world.payloads.get(id)));
    assertThat(
            records.texts(
                """
                select tenant_id || 'value ' || n from payload, generate_series(0, 19) n
                where hash = sha256(convert_to('value ' || n, 'UTF8'))
                """))
        .as("payloads of " + where)
        .isEqualTo(payloads);
    Set<String> keys = new TreeSet<>();
    subjects.forEach((key, name) -> {
      if (held(world, owners.get(key), name)) {
        keys.add(key.toString());
      }
    });
    left.forEach(id -> {
      UUID key = world.tasks.get(id).key();
      if (key != null) {
        keys.add(key.toString());
      }
    });
    assertThat(records.texts("select key_id::text from data_key")).as(where).isEqualTo(keys);
  }

  /** The rows of a kind that has a rule of its own beside that of its task. */
  private void rows(
      World world,
      Set<TaskId> left,
      Records records,
      String kind,
      String table,
      @Nullable Integer byDefault,
      String where) {
    Set<TaskId> kept = new HashSet<>();
    for (TaskId id : left) {
      Old task = world.tasks.get(id);
      Map<String, @Nullable Integer> rules = world.rules.get(task.tenant());
      Integer days = rules.containsKey(kind) ? rules.get(kind) : byDefault;
      int age = world.ages.get(id) < 0 ? -1 - world.ages.get(id) : world.ages.get(id);
      boolean goes =
          days != null && age >= days && task.endedDaysAgo() != null && !held(world, task);
      if (!goes) {
        kept.add(id);
      }
    }
    assertThat(records.texts("select task_id::text from " + table))
        .as(kind + " of " + where)
        .isEqualTo(ids(kept));
  }

  private static Set<String> ids(Set<TaskId> tasks) {
    Set<String> ids = new TreeSet<>();
    tasks.forEach(task -> ids.add(task.value().toString()));
    return ids;
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
