package io.agentos.runtime.state;

import io.agentos.api.Limits;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks below tasks, stored and read back. */
public final class Line {
  private final TestStore store;
  private final StateStore stateStore;

  public Line(TestStore store) {
    this.store = store;
    this.stateStore = new StateStore(store.database(), store.keys());
  }

  /** A request by somebody of whom nothing is written down. */
  public static Request request(
      String principal, @Nullable Limits limits, @Nullable TaskId parent) {
    return request(principal, limits, parent, Mandate.of(principal));
  }

  /** A request below no other. */
  public static Request request(TenantId tenant, String principal) {
    return request(tenant, principal, null, null, Mandate.of(principal));
  }

  /** A request with a mandate of its own. */
  public static Request request(
      String principal, @Nullable Limits limits, @Nullable TaskId parent, Mandate mandate) {
    return request(TestStore.ACME, principal, limits, parent, mandate);
  }

  private static Request request(
      TenantId tenant,
      String principal,
      @Nullable Limits limits,
      @Nullable TaskId parent,
      Mandate mandate) {
    return new Request(
        tenant,
        TaskId.next(),
        principal,
        new Request.Target(null, null, null),
        new TaskInput.Text("go"),
        5,
        null,
        limits,
        Map.of(),
        parent,
        mandate);
  }

  /** Stores a task; returns it as whoever runs it gets it. */
  public Request create(Request request) {
    store.database().inTenantDo(TestStore.ACME, tx -> stateStore.create(tx, request, "line/1"));
    return stored(request.task());
  }

  /** A task as it is stored. */
  public Request stored(TaskId task) {
    return store
        .database()
        .inTenant(
            TestStore.ACME,
            tx ->
                tx.queryOne(
                    "select request from task where tenant_id = 'acme' and task_id = ?",
                    row ->
                        Json.read(
                            store
                                .keys()
                                .in(tx, TestStore.ACME)
                                .ofTask(tx, task)
                                .open("task.request", row.bytes("request")),
                            Request.class),
                    task.value()))
        .orElseThrow();
  }

  /** Says which agent serves a task. */
  public void served(TaskId task, String agent) {
    run("update task set agent = ? where task_id = ?", agent, task.value());
  }

  /** Ends a task that has used this. */
  public void ended(TaskId task, Usage usage) {
    run(
        """
        update task set state = 'completed', ready = false, ended_at = now(), usage = ?
        where task_id = ?
        """,
        Json.write(usage),
        task.value());
  }

  /** Notes a step of a task, as its journal would. */
  public void step(TaskId task, int seq, Usage usage) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              var key = store.keys().in(tx, TestStore.ACME).ofTask(tx, task);
              tx.update(
                  """
                  insert into journal (tenant_id, task_id, seq, type, position, name, attempt, state,
                                       epoch, at, body)
                  values ('acme', ?, ?, 'step.committed', ?, 's', 1, 'committed', 0, now(), ?)
                  """,
                  task.value(),
                  seq,
                  seq,
                  key.seal(
                      "journal.body:" + seq,
                      "{\"value\":1,\"usage\":%s}".formatted(Json.write(usage))));
            });
  }

  /** Notes that a task has called a tool, as its journal would. */
  public void called(TaskId task, int seq, String tool) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              var key = store.keys().in(tx, TestStore.ACME).ofTask(tx, task);
              tx.update(
                  """
                  insert into journal (tenant_id, task_id, seq, type, position, name, attempt, epoch,
                                       at, body)
                  values ('acme', ?, ?, 'tool.called', 0, '', 0, 0, now(), ?)
                  """,
                  task.value(),
                  seq,
                  key.seal("journal.body:" + seq, "{\"tool\":\"%s\"}".formatted(tool)));
            });
  }

  private void run(String sql, Object... parameters) {
    store.database().inEngine(tx -> tx.update(sql, parameters));
  }
}
