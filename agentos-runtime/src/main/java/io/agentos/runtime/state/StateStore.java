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
  private final TaskOrders orders;

  public StateStore(Database database, DataKeys keys) {
    this.database = database;
    this.keys = keys;
    this.narrowing = new Narrowing(keys);
    this.orders = new TaskOrders(keys);
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

  /** Whether the task has neither ended nor shall end; held until the end of the transaction. */
  public boolean mayGoOn(Tx tx, TenantId tenant, TaskId task) {
    return orders.mayGoOn(tx, tenant, task);
  }

  /** Whether there is a task of this id. */
  public boolean isThere(Tx tx, TenantId tenant, TaskId task) {
    return tx.queryOne(StateSql.IS_THERE, row -> true, tenant.value(), task.value()).isPresent();
  }

  /**
   * What a task and those below it came to.
   *
   * @param origins where what they were given and have read comes from, as far as strangers may
   *     have written it
   */
  public record Sum(Usage usage, List<String> origins) {
    public Sum {
      origins = List.copyOf(origins);
    }
  }

  /** What a task and all below it came to until now. */
  public Sum sum(Tx tx, TenantId tenant, TaskId task) {
    return narrowing.sum(tx, tenant, TaskOrders.line(tx, tenant, task));
  }

  /**
   * Asks for a task and all below it to be cancelled: those that run are interrupted, those that
   * wait or are queued end as soon as a worker has them. Cancelling twice changes nothing.
   *
   * @throws AgentOsException CONFLICT when it has ended
   */
  public void cancel(Tx tx, TenantId tenant, TaskId task, String reason) {
    orders.cancel(tx, tenant, task, reason);
  }

  /** Tells a task something it may await. The first word of a name stands. */
  public void signal(Tx tx, TenantId tenant, TaskId task, Signal signal) {
    orders.signal(tx, tenant, task, signal);
  }

  /** A word to a task: its name, and JSON. */
  public record Signal(String name, String body) {}

  static AgentOsException notFound(TaskId task) {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + task + ".");
  }
}
