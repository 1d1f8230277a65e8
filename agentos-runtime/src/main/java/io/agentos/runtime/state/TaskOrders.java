package io.agentos.runtime.state;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.util.List;

/**
 * What tasks are told from outside while they live: to end, or a word they await.
 *
 * <p>Thread-safe.
 */
final class TaskOrders {
  private final DataKeys keys;

  TaskOrders(DataKeys keys) {
    this.keys = keys;
  }

  boolean mayGoOn(Tx tx, TenantId tenant, TaskId task) {
    return tx.queryOne(StateSql.MAY_GO_ON, row -> row.flag("open"), tenant.value(), task.value())
        .orElse(false);
  }

  void cancel(Tx tx, TenantId tenant, TaskId task, String reason) {
    Locked locked = lock(tx, tenant, task);
    if (locked.ended) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Task %s has ended as %s; only a task that has not can be cancelled."
              .formatted(task, locked.state));
    }
    cancel(tx, tenant, task, locked, reason);
    cancelBelow(tx, tenant, task, reason);
  }

  /** Looks below a task once that is locked: whoever starts another one there has to wait. */
  private void cancelBelow(Tx tx, TenantId tenant, TaskId above, String reason) {
    List<TaskId> children =
        tx.query(
            StateSql.CHILDREN,
            row -> new TaskId(row.uuid("task_id")),
            tenant.value(),
            above.value());
    for (TaskId child : children) {
      Locked locked = lock(tx, tenant, child);
      if (!locked.ended) {
        cancel(tx, tenant, child, locked, reason);
      }
      cancelBelow(tx, tenant, child, reason);
    }
  }

  private static void cancel(Tx tx, TenantId tenant, TaskId task, Locked locked, String reason) {
    tx.update(
        StateSql.ASK_TO_CANCEL,
        locked.key.seal("task.cancel_reason", reason),
        tenant.value(),
        task.value());
    tx.update(StateSql.READY, tenant.value(), task.value());
    tx.query(StateSql.NOTIFY, row -> true, locked.owned ? "cancel:" + task : "ready");
  }

  /** A task and all below it, the highest first. */
  static List<TaskId> line(Tx tx, TenantId tenant, TaskId task) {
    return tx.query(
        StateSql.LINE_BELOW,
        row -> new TaskId(row.uuid("task_id")),
        tenant.value(),
        task.value(),
        tenant.value());
  }

  void signal(Tx tx, TenantId tenant, TaskId task, StateStore.Signal signal) {
    Locked locked = lock(tx, tenant, task);
    int sent =
        tx.update(
            StateSql.SIGNAL,
            tenant.value(),
            task.value(),
            signal.name(),
            locked.key.seal("signal.body:" + signal.name(), signal.body()));
    if (sent == 1) {
      tx.update(StateSql.SIGNALLED, tenant.value(), task.value());
      tx.query(StateSql.NOTIFY_READY, row -> true);
    }
  }

  private Locked lock(Tx tx, TenantId tenant, TaskId task) {
    TenantKeys own = keys.in(tx, tenant);
    return tx.queryOne(
            StateSql.LOCK,
            row ->
                new Locked(
                    row.text("state"), row.flag("owned"), row.flag("ended"), own.of(task, row)),
            tenant.value(),
            task.value())
        .orElseThrow(() -> StateStore.notFound(task));
  }

  private record Locked(String state, boolean owned, boolean ended, TaskKey key) {}
}
