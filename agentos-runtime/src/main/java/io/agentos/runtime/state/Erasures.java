package io.agentos.runtime.state;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErasureId;
import io.agentos.api.ErrorCode;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Erases what tasks were given and said: their key is closed at once, so that nothing new is sealed
 * under it; tasks that have not ended are cancelled; then the key is destroyed. What is left says
 * that tasks were, when, and what they cost. Each stage is a transaction that any node can go on
 * after, and the last is where it is effective, for all nodes.
 *
 * <p>A legal hold keeps an erasure that began before it from going on, until it is released: each
 * stage shares the row that placing a hold writes, and destroys only what no hold covers.
 *
 * <p>Thread-safe.
 */
public final class Erasures {
  private static final int OPEN_MAX = 100;
  private static final int TASKS_MAX = 100;
  private static final String REASON = "What it was about is being erased.";

  private final Database database;
  private final StateStore stateStore;
  private final Audit audit;
  private final Duration patience;

  public Erasures(Database database, StateStore stateStore, Audit audit) {
    this(database, stateStore, audit, Duration.ofMinutes(1));
  }

  /**
   * @param patience after which tasks that no worker takes up are ended without one
   */
  Erasures(Database database, StateStore stateStore, Audit audit, Duration patience) {
    this.database = database;
    this.stateStore = stateStore;
    this.audit = audit;
    this.patience = patience;
  }

  /** What to erase: all tasks about a subject, or one task that is about none. */
  public sealed interface Order {
    record Subject(String name) implements Order {}

    record Task(TaskId task) implements Order {}
  }

  /**
   * An erasure as callers see it.
   *
   * @param task null for that of a subject, whose name is kept nowhere
   * @param state running, held while a legal hold keeps it, or completed when nobody can read
   *     anything of it any more
   * @param tasks how many tasks it is about
   * @param hold the one that keeps it; null when none does
   */
  public record View(
      String id,
      @Nullable String task,
      String state,
      int tasks,
      String requestedBy,
      Instant requestedAt,
      @Nullable Instant completedAt,
      @Nullable String hold) {}

  /**
   * Begins to erase. A subject of whom nothing is kept is erased at once.
   *
   * @throws AgentOsException NOT_FOUND for a task that is not there; CONFLICT for one that has a
   *     subject, that is older than sealing, or that is erased already
   */
  public View request(Tx tx, TenantId tenant, Order order, String by) {
    ErasureId id = ErasureId.next();
    UUID key =
        switch (order) {
          case Order.Subject(String name) -> closeSubject(tx, tenant, name).orElse(null);
          case Order.Task(TaskId task) -> closeTask(tx, tenant, task);
        };
    UUID task = order instanceof Order.Task(TaskId one) ? one.value() : null;
    tx.update(
        ErasuresSql.INSERT,
        tenant.value(),
        id.value(),
        task,
        key,
        tasks(tx, tenant, order, key),
        by,
        key);
    audit.append(
        tx,
        List.of(ErasureEntries.of(tenant, by, id, key == null ? "completed" : "requested", null)));
    return one(tx, tenant, id);
  }

  /** Records that an erasure was refused because a hold keeps what it is about. */
  public void refused(TenantId tenant, HoldId hold, String by) {
    database.inTenantDo(
        tenant, tx -> audit.append(tx, List.of(ErasureEntries.refused(tenant, by, hold))));
  }

  /** One erasure; NOT_FOUND when the tenant has none of this id. */
  public View one(TenantId tenant, ErasureId id) {
    return database.inTenant(tenant, tx -> one(tx, tenant, id));
  }

  /** Erasures older than {@code before}, newest first. */
  public List<View> list(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant, tx -> tx.query(ErasuresSql.LIST, Erasures::view, tenant.value(), before, limit));
  }

  /** Goes on with all that is open, and says how many were completed. */
  public int sweep() {
    record Open(TenantId tenant, ErasureId id) {}
    List<Open> open =
        database.inEngine(tx ->
            tx.query(
                ErasuresSql.OPEN,
                row ->
                    new Open(
                        new TenantId(row.text("tenant_id")), new ErasureId(row.uuid("erasure_id"))),
                OPEN_MAX));
    int completed = 0;
    for (Open each : open) {
      completed += database.inEngine(tx -> advance(tx, each.tenant, each.id)) ? 1 : 0;
    }
    return completed;
  }

  private record Opened(
      @Nullable UUID task, UUID key, String by, boolean late, @Nullable UUID hold) {}

  private record Unended(TaskId task, boolean asked) {}

  /** One stage of one erasure; whether it was the last. */
  private boolean advance(Tx tx, TenantId tenant, ErasureId id) {
    Optional<Opened> found =
        tx.queryOne(
            ErasuresSql.HOLD,
            row ->
                new Opened(
                    row.optionalUuid("task_id"),
                    row.uuid("key_id"),
                    row.text("requested_by"),
                    row.flag("late"),
                    row.optionalUuid("hold_id")),
            (int) patience.toSeconds(),
            tenant.value(),
            id.value());
    if (found.isEmpty() || isHeld(tx, tenant, id, found.get())) {
      return false;
    }
    Opened opened = found.get();
    List<Unended> unended = unended(tx, tenant, opened);
    if (!unended.isEmpty()) {
      unended.forEach(task -> end(tx, tenant, opened, task));
      return false;
    }
    if (tx.update(ErasuresSql.DESTROY, tenant.value(), opened.key) == 0) {
      return false;
    }
    tx.update(ErasuresSql.COMPLETE, tenant.value(), id.value());
    audit.append(tx, List.of(ErasureEntries.of(tenant, opened.by, id, "completed", null)));
    return true;
  }

  /** Looks whether a hold covers it; from then on none is placed until the transaction ends. */
  private boolean isHeld(Tx tx, TenantId tenant, ErasureId id, Opened opened) {
    tx.update(ErasuresSql.GATE, tenant.value());
    var _ = tx.queryOne(ErasuresSql.SHARE, row -> row.longNumber("holds"), tenant.value());
    UUID hold =
        tx
            .query(
                ErasuresSql.HELD_BY,
                row -> Optional.ofNullable(row.optionalUuid("hold_id")),
                tenant.value(),
                opened.key)
            .stream()
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    if (!Objects.equals(hold, opened.hold)) {
      tx.update(ErasuresSql.SET_HELD_BY, hold, tenant.value(), id.value());
      audit.append(
          tx,
          List.of(
              ErasureEntries.of(tenant, opened.by, id, hold == null ? "resumed" : "held", hold)));
    }
    return hold != null;
  }

  private void end(Tx tx, TenantId tenant, Opened opened, Unended unended) {
    if (opened.late && unended.asked) {
      int ended = tx.update(ErasuresSql.END, tenant.value(), unended.task.value());
      if (ended == 1) {
        audit.append(
            tx, List.of(ErasureEntries.cancelled(tenant, opened.by, unended.task, "ended")));
      }
    } else if (!unended.asked) {
      stateStore.cancel(tx, tenant, unended.task, REASON);
      audit.append(
          tx, List.of(ErasureEntries.cancelled(tenant, opened.by, unended.task, "requested")));
    }
  }

  private static List<Unended> unended(Tx tx, TenantId tenant, Opened opened) {
    Row.Reader<Unended> reader =
        row -> new Unended(new TaskId(row.uuid("task_id")), row.flag("asked"));
    return opened.task == null
        ? tx.query(ErasuresSql.UNENDED_OF_SUBJECT, reader, tenant.value(), opened.key, TASKS_MAX)
        : tx.query(ErasuresSql.UNENDED_TASK, reader, tenant.value(), opened.task);
  }

  private Optional<UUID> closeSubject(Tx tx, TenantId tenant, String name) {
    byte[] subject = stateStore.keys().toExtend(tx, tenant).subject(name);
    return tx.queryOne(
        ErasuresSql.CLOSE_SUBJECT, row -> row.uuid("key_id"), tenant.value(), subject);
  }

  private static UUID closeTask(Tx tx, TenantId tenant, TaskId task) {
    record Key(@Nullable UUID id, boolean ofSubject) {}
    Key key =
        tx.queryOne(
                ErasuresSql.KEY_OF_TASK,
                row -> new Key(row.optionalUuid("key_id"), row.flag("of_subject")),
                tenant.value(),
                task.value())
            .orElseThrow(
                () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + task + "."));
    if (key.id == null) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Task %s is older than sealing and has no key to destroy; delete it by retention."
              .formatted(task));
    }
    if (key.ofSubject) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Task %s has a subject and shares its key with all tasks about it; erase the subject."
              .formatted(task));
    }
    return tx.queryOne(ErasuresSql.CLOSE_KEY, row -> row.uuid("key_id"), tenant.value(), key.id)
        .orElseThrow(() ->
            new AgentOsException(
                ErrorCode.CONFLICT,
                "Task %s is erased already, or is being erased.".formatted(task)));
  }

  private static int tasks(Tx tx, TenantId tenant, Order order, @Nullable UUID key) {
    if (order instanceof Order.Task) {
      return 1;
    }
    return key == null
        ? 0
        : tx.queryOne(ErasuresSql.COUNT_TASKS, row -> row.number("tasks"), tenant.value(), key)
            .orElse(0);
  }

  private static View one(Tx tx, TenantId tenant, ErasureId id) {
    return tx.queryOne(ErasuresSql.ONE, Erasures::view, tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no erasure " + id + "."));
  }

  private static View view(Row row) {
    UUID task = row.optionalUuid("task_id");
    Instant completed = row.optionalInstant("completed_at");
    UUID hold = row.optionalUuid("hold_id");
    String unfinished = hold == null ? "running" : "held";
    return new View(
        new ErasureId(row.uuid("erasure_id")).toString(),
        task == null ? null : new TaskId(task).toString(),
        completed == null ? unfinished : "completed",
        row.number("tasks"),
        row.text("requested_by"),
        row.instant("requested_at"),
        completed,
        hold == null ? null : new HoldId(hold).toString());
  }
}
