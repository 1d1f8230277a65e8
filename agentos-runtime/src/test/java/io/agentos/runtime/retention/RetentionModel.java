package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.retention.Records.Old;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What rules and holds leave of the tasks of one round, and of what belongs to them. */
final class RetentionModel {
  final Map<UUID, String> subjects = new HashMap<>();
  final Map<UUID, TenantId> owners = new HashMap<>();

  /** What is true of one round. */
  record World(
      Map<TaskId, Old> tasks,
      Map<TaskId, String> payloads,
      Map<TaskId, Integer> ages,
      Map<TenantId, Map<String, @Nullable Integer>> rules,
      List<Placed> holds) {}

  /** A hold in force; two tenants may place the same. */
  record Placed(TenantId tenant, Hold.Order order) {}

  boolean held(World world, Old task) {
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
  Set<TaskId> left(World world) {
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

  void check(World world, Records records, String where) {
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
  void rows(
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

  static Set<String> ids(Set<TaskId> tasks) {
    Set<String> ids = new TreeSet<>();
    tasks.forEach(task -> ids.add(task.value().toString()));
    return ids;
  }
}
