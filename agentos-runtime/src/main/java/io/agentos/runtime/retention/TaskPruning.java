package io.agentos.runtime.retention;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Deletes ended tasks with all that belongs to them alone. Stateless. */
final class TaskPruning {
  private TaskPruning() {}

  /** A place in the order of ended tasks. */
  record Place(Instant endedAt, UUID task) {
    /** Before all of them. */
    static final Place FIRST = new Place(Instant.EPOCH, new UUID(0, 0));
  }

  /** Tasks that may go now, after a place. */
  static List<Place> choose(Tx tx, TenantId tenant, int days, Place after, int limit) {
    return tx.query(
        PruneSql.CHOOSE_TASKS,
        row -> new Place(row.instant("ended_at"), row.uuid("task_id")),
        tenant.value(),
        (long) days,
        after.endedAt(),
        after.task(),
        limit);
  }

  /**
   * Deletes chosen tasks, all or none.
   *
   * @throws AgentOsException CONFLICT when one of them may not go any more
   */
  static int delete(Tx tx, TenantId tenant, int days, List<Place> chosen) {
    UUID[] tasks = chosen.stream().map(Place::task).toArray(UUID[]::new);
    String of = tenant.value();
    tx.update(PruneSql.VOTES_OF_TASKS, tasks, of);
    tx.update(PruneSql.APPROVALS_OF_TASKS, of, tasks);
    tx.update(PruneSql.SIGNALS_OF_TASKS, of, tasks);
    tx.update(PruneSql.DECISIONS_OF_TASKS, of, tasks);
    tx.update(PruneSql.RESERVATIONS_OF_TASKS, of, tasks);
    tx.update(PruneSql.MODEL_CALLS_OF_TASKS, of, tasks);
    byte[][] payloads =
        tx.query(PruneSql.JOURNAL_OF_TASKS, row -> row.bytes("payload"), of, tasks)
            .toArray(byte[][]::new);
    List<Optional<UUID>> keys =
        tx.query(
            PruneSql.TASKS,
            row -> Optional.ofNullable(row.optionalUuid("key_id")),
            of,
            tasks,
            (long) days);
    if (keys.size() != tasks.length) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Of %d ended tasks of tenant %s, %d may not be deleted any more; they are looked at again."
              .formatted(tasks.length, of, tasks.length - keys.size()));
    }
    tx.update(
        PruneSql.KEYS_OF_TASKS,
        of,
        keys.stream().flatMap(Optional::stream).distinct().toArray(UUID[]::new));
    if (payloads.length > 0) {
      tx.update(PruneSql.LOCK_PAYLOADS);
      tx.update(PruneSql.PAYLOADS, of, Objects.requireNonNull(payloads));
    }
    return tasks.length;
  }
}
