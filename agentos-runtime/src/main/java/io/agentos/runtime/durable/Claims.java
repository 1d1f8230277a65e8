package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks that are ready, in one statement, for one node.
 *
 * <p>Thread-safe.
 */
final class Claims {
  private static final System.Logger LOG = System.getLogger(Claims.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Database database;
  private final Journal journal;
  private final NodeIdentity node;
  private final DataKeys keys;
  private final String[] programs;

  Claims(
      Database database, DataKeys keys, Journal journal, NodeIdentity node, List<String> programs) {
    this.database = database;
    this.keys = keys;
    this.journal = journal;
    this.node = node;
    this.programs = programs.toArray(String[]::new);
  }

  /**
   * What was taken, how many were put away because a kill switch covers them, and how long nothing
   * else will become ready by itself.
   */
  record Taken(List<Claim> claims, int held, Duration quiet) {}

  /** Takes up to {@code limit} tasks, the most urgent first. */
  Taken take(int limit) {
    Grabbed grabbed = database.inEngine(tx -> grab(tx, limit));
    List<TaskKey> known = grabbed.rows.stream().filter(TaskRow::hasRun).map(TaskRow::key).toList();
    Map<TaskRef, List<Entry>> journals = known.isEmpty() ? Map.of() : journal.load(known);
    List<Claim> claims = new ArrayList<>(grabbed.rows.size());
    for (TaskRow row : grabbed.rows) {
      try {
        List<Entry> lines = row.hasRun() ? journals.get(row.ref) : firstLine(row);
        Map<String, String> told = new HashMap<>(grabbed.ended.getOrDefault(row.ref, Map.of()));
        grabbed
            .signals
            .getOrDefault(row.ref, Map.of())
            .forEach((name, body) -> told.put(name, row.key.open("signal.body:" + name, body)));
        claims.add(claim(row, told, lines));
      } catch (AgentOsException e) {
        LOG.log(System.Logger.Level.ERROR, "a task does not open task=" + row.ref.task(), e);
        end(row, e.code());
      }
    }
    return new Taken(claims, grabbed.held, grabbed.quiet);
  }

  /** What the owner of a task needs, opened. */
  private static Claim claim(TaskRow row, Map<String, String> told, @Nullable List<Entry> journal) {
    if (journal == null) {
      throw new AgentOsException(
          row.key.isErased() ? ErrorCode.ERASED : ErrorCode.ENVIRONMENT,
          "The journal of task %s does not open.".formatted(row.ref.task()));
    }
    return new Claim(
        row.ref,
        row.key,
        Json.read(row.key.open("task.request", row.request), Request.class),
        row.program,
        row.epoch,
        row.now,
        row.attempt,
        row.key.openOptional("task.cancel_reason", row.cancelReason),
        row.signals,
        told,
        journal);
  }

  /** Nobody can run what nobody can read, and it must not keep others from being claimed. */
  private void end(TaskRow row, ErrorCode code) {
    database.inEngine(tx ->
        tx.update(
            WorkerSql.END_UNREADABLE,
            code.name(),
            row.ref.tenant().value(),
            row.ref.task().value(),
            row.epoch,
            node.id(),
            Json.write(Map.of("code", code.name()))));
  }

  private Grabbed grab(Tx tx, int limit) {
    tx.update(WorkerSql.PROMOTE);
    List<TaskRow> rows = List.of();
    if (limit > 0 && tx.queryOne(JournalSql.HOLD_NODE, row -> true, node.id()).isPresent()) {
      rows = tx.query(WorkerSql.CLAIM, row -> taskRow(tx, row), programs, limit, node.id());
    }
    Duration quiet =
        tx.queryOne(WorkerSql.NEXT_DUE, row -> Duration.ofMillis(row.longNumber("millis")))
            .filter(due -> due.compareTo(LOOK_AGAIN) < 0)
            .orElse(LOOK_AGAIN);
    List<TaskRow> taken = rows.stream().filter(row -> !row.killed).toList();
    List<TaskRow> told = taken.stream().filter(row -> row.signals > 0).toList();
    return new Grabbed(
        taken, rows.size() - taken.size(), signals(tx, told), endedChildren(tx, told), quiet);
  }

  private static Map<TaskRef, Map<String, byte[]>> signals(Tx tx, List<TaskRow> told) {
    Map<TaskRef, Map<String, byte[]>> signals = new HashMap<>();
    of(
        tx,
        told,
        WorkerSql.SIGNALS,
        row ->
            signals
                .computeIfAbsent(ref(row), _ -> new HashMap<>())
                .put(row.text("name"), row.bytes("body")));
    return signals;
  }

  /** That a child has ended is a signal of its name, which its own row holds. */
  private static Map<TaskRef, Map<String, String>> endedChildren(Tx tx, List<TaskRow> told) {
    Map<TaskRef, Map<String, String>> ended = new HashMap<>();
    of(
        tx,
        told,
        WorkerSql.ENDED_CHILDREN,
        row -> {
          TaskId parent = new TaskId(row.uuid("parent_id"));
          ChildEnded child = new ChildEnded(row.text("state"));
          return ended
              .computeIfAbsent(
                  new TaskRef(new TenantId(row.text("tenant_id")), parent), _ -> new HashMap<>())
              .put(ChildEnded.signal(new TaskId(row.uuid("task_id"))), Json.write(child));
        });
    return ended;
  }

  private static <T> void of(Tx tx, List<TaskRow> rows, String sql, Row.Reader<T> reader) {
    if (!rows.isEmpty()) {
      tx.query(
          sql,
          reader,
          rows.stream().map(row -> row.ref.tenant().value()).toArray(String[]::new),
          rows.stream().map(row -> row.ref.task().value()).toArray(UUID[]::new));
    }
  }

  /** A task nobody has claimed before has one line: that it was created. */
  private static List<Entry> firstLine(TaskRow row) {
    return List.of(new Entry(1, "task.created", 0, "", null, 0, row.now, ""));
  }

  private TaskRow taskRow(Tx tx, Row row) {
    TaskRef ref = ref(row);
    return new TaskRow(
        ref,
        keys.in(tx, ref.tenant()).of(ref.task(), row),
        row.bytes("request"),
        row.text("program"),
        row.longNumber("epoch"),
        row.instant("claimed_at"),
        row.number("attempt"),
        row.optionalBytes("cancel_reason"),
        row.number("signals"),
        row.flag("waited"),
        row.flag("killed"));
  }

  private static TaskRef ref(Row row) {
    return new TaskRef(new TenantId(row.text("tenant_id")), new TaskId(row.uuid("task_id")));
  }

  private record Grabbed(
      List<TaskRow> rows,
      int held,
      Map<TaskRef, Map<String, byte[]>> signals,
      Map<TaskRef, Map<String, String>> ended,
      Duration quiet) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record TaskRow(
      TaskRef ref,
      TaskKey key,
      byte[] request,
      String program,
      long epoch,
      Instant now,
      int attempt,
      byte @Nullable [] cancelReason,
      int signals,
      boolean waited,
      boolean killed) {
    /** Whether somebody has claimed it before, so that its journal has more than one line. */
    boolean hasRun() {
      return epoch > 1 || waited;
    }
  }
}
