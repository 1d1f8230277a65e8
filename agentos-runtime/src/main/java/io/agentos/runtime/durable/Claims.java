package io.agentos.runtime.durable;

import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
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
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Database database;
  private final Journal journal;
  private final NodeIdentity node;
  private final String[] programs;

  Claims(Database database, Journal journal, NodeIdentity node, List<String> programs) {
    this.database = database;
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
    List<TaskRef> known =
        grabbed.rows.stream().filter(row -> row.epoch > 1 || row.waited).map(TaskRow::ref).toList();
    Map<TaskRef, List<Entry>> journals = known.isEmpty() ? Map.of() : journal.load(known);
    List<Claim> claims = new ArrayList<>(grabbed.rows.size());
    for (TaskRow row : grabbed.rows) {
      claims.add(
          new Claim(
              row.ref,
              Json.read(row.request, Request.class),
              row.program,
              row.epoch,
              row.now,
              row.attempt,
              row.cancelReason,
              row.signals,
              grabbed.signals.getOrDefault(row.ref, Map.of()),
              journals.getOrDefault(row.ref, firstLine(row))));
    }
    return new Taken(claims, grabbed.held, grabbed.quiet);
  }

  private Grabbed grab(Tx tx, int limit) {
    tx.update(WorkerSql.PROMOTE);
    List<TaskRow> rows = List.of();
    if (limit > 0 && tx.queryOne(JournalSql.HOLD_NODE, row -> true, node.id()).isPresent()) {
      rows = tx.query(WorkerSql.CLAIM, Claims::taskRow, programs, limit, node.id());
    }
    Duration quiet =
        tx.queryOne(WorkerSql.NEXT_DUE, row -> Duration.ofMillis(row.longNumber("millis")))
            .filter(due -> due.compareTo(LOOK_AGAIN) < 0)
            .orElse(LOOK_AGAIN);
    List<TaskRow> taken = rows.stream().filter(row -> !row.killed).toList();
    return new Grabbed(taken, rows.size() - taken.size(), signals(tx, taken), quiet);
  }

  private static Map<TaskRef, Map<String, String>> signals(Tx tx, List<TaskRow> rows) {
    List<TaskRow> told = rows.stream().filter(row -> row.signals > 0).toList();
    Map<TaskRef, Map<String, String>> signals = new HashMap<>();
    if (told.isEmpty()) {
      return signals;
    }
    tx.query(
        WorkerSql.SIGNALS,
        row ->
            signals
                .computeIfAbsent(ref(row), _ -> new HashMap<>())
                .put(row.text("name"), row.text("body")),
        told.stream().map(row -> row.ref.tenant().value()).toArray(String[]::new),
        told.stream().map(row -> row.ref.task().value()).toArray(UUID[]::new));
    return signals;
  }

  /** A task nobody has claimed before has one line: that it was created. */
  private static List<Entry> firstLine(TaskRow row) {
    return List.of(new Entry(1, "task.created", 0, "", null, 0, row.now, ""));
  }

  private static TaskRow taskRow(Row row) {
    return new TaskRow(
        ref(row),
        row.text("request"),
        row.text("program"),
        row.longNumber("epoch"),
        row.instant("claimed_at"),
        row.number("attempt"),
        row.optionalText("cancel_reason"),
        row.number("signals"),
        row.flag("waited"),
        row.flag("killed"));
  }

  private static TaskRef ref(Row row) {
    return new TaskRef(new TenantId(row.text("tenant_id")), new TaskId(row.uuid("task_id")));
  }

  private record Grabbed(
      List<TaskRow> rows, int held, Map<TaskRef, Map<String, String>> signals, Duration quiet) {}

  private record TaskRow(
      TaskRef ref,
      String request,
      String program,
      long epoch,
      Instant now,
      int attempt,
      @Nullable String cancelReason,
      int signals,
      boolean waited,
      boolean killed) {}
}
