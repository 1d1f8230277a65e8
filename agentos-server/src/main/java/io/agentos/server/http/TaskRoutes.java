package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.BudgetBook;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StateStore.Filter;
import io.agentos.runtime.state.StepView;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.store.Tx;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of tasks. Thread-safe. */
final class TaskRoutes {
  private static final Cursor<UUID> TASKS = Cursor.ofIds("tasks");
  private static final Cursor<Long> STEPS = Cursor.ofNumbers("steps");
  private static final int REASON_LENGTH_MAX = 1_000;
  private static final List<String> STATES =
      Arrays.stream(TaskState.values()).map(TaskState::text).toList();

  private final StateStore stateStore;
  private final Audit audit;
  private final Intake intake;
  private final TaskRequest requests;
  private final KillCheck kills;
  private final BudgetBook budgets;
  private final Idempotent idempotent;
  private final TaskWait wait;
  private final EventStream events;
  private final Reconcile reconcile;

  TaskRoutes(HttpServices services, Idempotent idempotent, Followers followers) {
    this.stateStore = services.stateStore();
    this.audit = services.audit();
    this.intake = services.intake();
    this.requests = new TaskRequest(services.catalog(), services.clock());
    this.kills = new KillCheck(services.killSwitches());
    this.budgets = new BudgetBook(services.database(), services.audit());
    this.idempotent = idempotent;
    this.wait = new TaskWait(services.stateStore(), followers);
    this.events = new EventStream(services, followers);
    this.reconcile = new Reconcile(services);
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    return List.of(
        new Route("POST", "/v1/tasks", new Access.Needs(Permission.SUBMIT), this::create),
        new Route("GET", "/v1/tasks", read, this::list),
        new Route("GET", "/v1/tasks/{id}", read, this::one),
        new Route("GET", "/v1/tasks/{id}/steps", read, this::steps),
        new Route("GET", "/v1/tasks/{id}/events", read, this::follow),
        new Route(
            "POST", "/v1/tasks/{id}/cancel", new Access.Needs(Permission.CANCEL), this::cancel),
        new Route(
            "POST",
            "/v1/tasks/{id}/reconcile",
            new Access.Needs(Permission.RECONCILE),
            this::reconcile));
  }

  private Answer create(Call call) {
    Supplier<TaskRequest.Asked> prepared =
        Idempotent.prepared(() -> {
          TaskRequest.Asked asked = requests.read(call);
          kills.mustBeFree(asked.request());
          BudgetRoutes.mustHaveSomethingLeft(budgets, asked.request());
          return asked;
        });
    Idempotent.Outcome outcome = idempotent.once(call, 202, tx -> accept(tx, prepared.get()));
    TaskId task = TaskId.parse(outcome.member("id"));
    Answer.Ready first = outcome.answer().with("Location", "/v1/tasks/" + task);
    return wait.answer(call, task, first);
  }

  private TaskView accept(Tx tx, TaskRequest.Asked asked) {
    Request request = asked.request();
    TaskId parent = request.parent();
    if (parent != null) {
      TaskIds.mustExist(stateStore, tx, request.tenant(), new TaskIds.Named("parent", parent));
    }
    intake.accept(tx, request, asked.subject());
    return stateStore.task(tx, request.tenant(), request.task());
  }

  private Answer list(Call call) {
    QueryParameters query =
        call.parameters(
            "limit", "cursor", "state", "pack", "agent", "type", "label", "since", "until");
    int limit = query.limit();
    Filter filter =
        new Filter(
            query.choice("state", STATES).orElse(null),
            query.name("pack").orElse(null),
            query.agent("agent").orElse(null),
            query.name("type").orElse(null),
            labels(query),
            query.time("since").orElse(null),
            query.time("until").orElse(null),
            query.cursor(TASKS).map(TaskId::new).orElse(null));
    query.check();
    List<TaskView> found = stateStore.list(call.tenant(), filter, limit + 1);
    if (found.isEmpty() || found.size() > limit) {
      return Answer.json(200, Page.of(found, limit, task -> task, TaskRoutes::cursor));
    }
    // Large tasks end a page early, so that a short one is not the last for sure.
    TaskView last = found.getLast();
    boolean more =
        !stateStore.list(call.tenant(), after(filter, TaskId.parse(last.id())), 1).isEmpty();
    return Answer.json(200, new Page(found, more ? cursor(last) : null));
  }

  private static String cursor(TaskView task) {
    return TASKS.encode(TaskId.parse(task.id()).value());
  }

  private static Filter after(Filter filter, TaskId task) {
    return new Filter(
        filter.state(),
        filter.pack(),
        filter.agent(),
        filter.type(),
        filter.label(),
        filter.since(),
        filter.until(),
        task);
  }

  private static @Nullable Map<String, String> labels(QueryParameters query) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : query.all("label")) {
      int equals = label.indexOf('=');
      String name = equals < 0 ? "" : label.substring(0, equals);
      String value = label.substring(equals + 1);
      if (!TaskRequest.LABEL.matcher(name).matches()
          || value.length() > TaskRequest.LABEL_LENGTH_MAX
          || value.indexOf('\0') >= 0) {
        query.problem("label", "must be NAME=VALUE, as the task's labels are");
      }
      labels.put(name, value);
    }
    return labels.isEmpty() ? null : labels;
  }

  private Answer one(Call call) {
    call.parameters().check();
    return Answer.json(200, stateStore.task(call.tenant(), TaskId.parse(call.id())));
  }

  private Answer steps(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    long after = query.cursor(STEPS).orElse(0L);
    query.check();
    List<StepView> steps =
        stateStore.steps(call.tenant(), TaskId.parse(call.id())).stream()
            .filter(step -> step.position() > after)
            .limit(limit + 1L)
            .toList();
    return Answer.json(
        200, Page.of(steps, limit, step -> step, step -> STEPS.encode(step.position())));
  }

  private Answer follow(Call call) {
    call.parameters().check();
    return events.follow(call, TaskId.parse(call.id()));
  }

  private Answer cancel(Call call) {
    TaskId task = TaskId.parse(call.id());
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fieldsOrNone(problems, "reason");
    String by = call.principal().id();
    String reason = fields.text("reason", REASON_LENGTH_MAX).orElse("Cancelled by " + by + ".");
    problems.throwIfAny();
    AuditEntry entry =
        new AuditEntry(
            call.tenant(), "task.cancelled", by, task.toString(), Map.of("stage", "requested"));
    Idempotent.Outcome outcome =
        idempotent.once(
            call,
            202,
            tx -> {
              stateStore.cancel(tx, call.tenant(), task, reason);
              audit.append(tx, List.of(entry));
              return stateStore.task(tx, call.tenant(), task);
            });
    return wait.answer(call, task, outcome.answer());
  }

  private Answer reconcile(Call call) {
    TaskId task = TaskId.parse(call.id());
    Supplier<Reconcile.Word> prepared = Idempotent.prepared(() -> reconcile.read(call, task));
    Idempotent.Outcome outcome =
        idempotent.once(
            call,
            202,
            tx -> {
              TaskView view = stateStore.task(tx, call.tenant(), task);
              if (!"reconcile".equals(view.waitingFor())) {
                throw new AgentOsException(
                    ErrorCode.CONFLICT, "Task %s waits for no reconciliation.".formatted(task));
              }
              reconcile.send(tx, call, prepared.get());
              return stateStore.task(tx, call.tenant(), task);
            });
    return wait.answer(call, task, outcome.answer());
  }
}
