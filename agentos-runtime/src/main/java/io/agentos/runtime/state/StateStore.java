package io.agentos.runtime.state;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.StoredBody;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tasks. Writers pass their transaction; readers get views of one tenant.
 *
 * <p>Thread-safe.
 */
public final class StateStore {
  private static final UUID LAST = new UUID(-1L, -1L);

  private final Database database;
  private final DataKeys keys;
  private final Narrowing narrowing;

  public StateStore(Database database, DataKeys keys) {
    this.database = database;
    this.keys = keys;
    this.narrowing = new Narrowing(keys);
  }

  /** The keys of the tasks. */
  public DataKeys keys() {
    return keys;
  }

  /**
   * What a list shall hold: each part may be absent.
   *
   * @param label one label that must match, as {@code {"name": "value"}}
   * @param before only tasks older than this one; for paging
   */
  public record Filter(
      @Nullable String state,
      @Nullable String pack,
      @Nullable String agent,
      @Nullable String type,
      @Nullable Map<String, String> label,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable TaskId before) {
    public static final Filter NONE = new Filter(null, null, null, null, null, null, null, null);
  }

  /** Stores a new task about nobody, ready to run, and tells the nodes. */
  public void create(Tx tx, Request request, String program) {
    create(tx, request, program, null);
  }

  /**
   * Stores a new task, ready to run, and tells the nodes. One below another gets the whole line of
   * those on whose behalf it runs, what strangers may have written into it, and no wider bounds
   * than are left of that one's.
   *
   * @param subject whom the task is about, as the caller calls them: what it is given and says can
   *     be erased together with all other tasks about them; null for nobody, or whom its parent is
   *     about
   * @throws AgentOsException NOT_FOUND for a parent that is not there; FORBIDDEN for an agent that
   *     asks for a task below none of its own
   */
  public void create(Tx tx, Request asked, String program, @Nullable String subject) {
    Request.Target target = asked.target();
    TaskKey key =
        keys.toExtend(tx, asked.tenant()).create(tx, asked.task(), subject, asked.parent());
    Request request = narrowing.of(tx, asked);
    tx.update(
        StateSql.CREATE,
        request.tenant().value(),
        request.task().value(),
        program,
        key.seal("task.request", Json.write(request)),
        target.pack(),
        target.agent(),
        target.type(),
        request.priority(),
        request.deadline(),
        Json.write(request.labels()),
        request.parent() == null ? null : request.parent().value(),
        request.principal(),
        key.id(),
        Json.write(request.mandate()),
        request.limits() == null ? null : Json.write(request.limits()),
        request.mandate().ancestors().stream().map(TaskId::value).toArray(UUID[]::new));
    tx.update(
        StateSql.CREATED,
        request.tenant().value(),
        request.task().value(),
        Json.write(Map.of("priority", request.priority())).getBytes(StandardCharsets.UTF_8));
    tx.query(StateSql.NOTIFY_READY, row -> true);
  }

  /** What a task is pinned to once it was routed; commits with {@code step}. */
  public record Pin(
      String pack, String agent, String packVersion, String policyVersion, Limits limits) {}

  /** Pins a task to definitions; commits with {@code step}. */
  public void pin(Step step, Pin pin) {
    step.write(
        Write.any(
            StateSql.PIN,
            pin.pack(),
            pin.agent(),
            pin.packVersion(),
            pin.policyVersion(),
            Json.write(pin.limits()),
            step.key().tenant().value(),
            step.key().task().value()));
  }

  /** Ends a task; commits with {@code step}. A terminal state is never left. */
  public void finish(Step step, Response response) {
    String output = null;
    String code = null;
    String detail = null;
    switch (response) {
      case Response.Completed(Output result, Usage _) -> output = Json.write(result);
      case Response.Denied(ErrorCode denied, String by, String reason, Usage _) -> {
        code = denied.name();
        detail = "%s (by %s)".formatted(reason, by);
      }
      case Response.Failed(ErrorCode failed, String why, Usage _) -> {
        code = failed.name();
        detail = why;
      }
      case Response.Cancelled(String reason, Usage _) -> {
        code = ErrorCode.CANCELLED.name();
        detail = reason;
      }
    }
    step.event(
        "task." + response.state().text(),
        code == null ? Map.of() : Map.of("code", code, "detail", String.valueOf(detail)));
    step.write(
        Write.one(
            StateSql.FINISH,
            response.state().text(),
            output == null ? null : step.seal("task.output", output),
            code,
            detail == null ? null : step.seal("task.error_detail", detail),
            Json.write(response.usage()),
            step.key().tenant().value(),
            step.key().task().value()));
  }

  /** One task; NOT_FOUND when the tenant has none of this id. */
  public TaskView task(TenantId tenant, TaskId task) {
    return database.inTenant(tenant, tx -> task(tx, tenant, task));
  }

  /** The same within a transaction. */
  public TaskView task(Tx tx, TenantId tenant, TaskId task) {
    TenantKeys own = keys.in(tx, tenant);
    return tx.queryOne(StateSql.ONE, row -> TaskRows.view(row, own), tenant.value(), task.value())
        .orElseThrow(() -> notFound(task));
  }

  /**
   * Tasks, newest first: at most {@code limit}, fewer when they are large, none only at the end.
   */
  public List<TaskView> list(TenantId tenant, Filter filter, int limit) {
    String label = filter.label() == null ? null : Json.write(filter.label());
    return database.inTenant(
        tenant,
        tx -> {
          TenantKeys own = keys.in(tx, tenant);
          return tx.query(
              StateSql.LIST,
              row -> TaskRows.view(row, own),
              tenant.value(),
              filter.before() == null ? LAST : filter.before().value(),
              filter.state(),
              filter.state(),
              filter.pack(),
              filter.pack(),
              filter.agent(),
              filter.agent(),
              filter.type(),
              filter.type(),
              label,
              label,
              filter.since(),
              filter.since(),
              filter.until(),
              filter.until(),
              limit);
        });
  }

  /**
   * The lines of a task's journal after {@code seq}, in order, long bodies included; of an erased
   * task with {@link StoredBody#ERASED} in place of each body.
   */
  public List<Entry> events(TenantId tenant, TaskId task, int seq, int limit) {
    return database.inTenant(
        tenant,
        tx -> {
          TaskKey key =
              keys.in(tx, tenant).find(tx, task).orElseGet(() -> TaskKey.none(tenant, task));
          return tx.query(
              StateSql.JOURNAL,
              row -> TaskRows.entry(row, key),
              tenant.value(),
              task.value(),
              seq,
              limit);
        });
  }

  /** The steps of a task in the order of its program. */
  public List<StepView> steps(TenantId tenant, TaskId task) {
    task(tenant, task);
    return StepViews.of(events(tenant, task, 0, 100_000));
  }

  /**
   * Asks for a task to be cancelled: one that runs is interrupted, one that waits or is queued ends
   * as soon as a worker has it. Cancelling twice changes nothing.
   *
   * @throws AgentOsException CONFLICT when it has ended
   */
  public void cancel(Tx tx, TenantId tenant, TaskId task, String reason) {
    Locked locked = lock(tx, tenant, task);
    if (locked.ended) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Task %s has ended as %s; only a task that has not can be cancelled."
              .formatted(task, locked.state));
    }
    tx.update(
        StateSql.ASK_TO_CANCEL,
        locked.key.seal("task.cancel_reason", reason),
        tenant.value(),
        task.value());
    tx.update(StateSql.READY, tenant.value(), task.value());
    tx.query(StateSql.NOTIFY, row -> true, locked.owned ? "cancel:" + task : "ready");
  }

  /** Tells a task something it may await. The first word of a name stands. */
  public void signal(Tx tx, TenantId tenant, TaskId task, Signal signal) {
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

  /** A word to a task: its name, and JSON. */
  public record Signal(String name, String body) {}

  private Locked lock(Tx tx, TenantId tenant, TaskId task) {
    TenantKeys own = keys.in(tx, tenant);
    return tx.queryOne(
            StateSql.LOCK,
            row ->
                new Locked(
                    row.text("state"), row.flag("owned"), row.flag("ended"), own.of(task, row)),
            tenant.value(),
            task.value())
        .orElseThrow(() -> notFound(task));
  }

  private static AgentOsException notFound(TaskId task) {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + task + ".");
  }

  private record Locked(String state, boolean owned, boolean ended, TaskKey key) {}
}
