package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.checkpoints.AuditExport;
import io.agentos.runtime.checkpoints.AuditExport.Document;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.checkpoints.EvidenceText;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.policy.TaskDecisions;
import io.agentos.runtime.routing.PinnedDefinition;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StepView;
import io.agentos.runtime.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes by which the audit log leaves, with what proves it. Thread-safe. */
final class AuditExportRoutes {
  private static final Cursor<Checkpoints.Place> CHECKPOINTS =
      new Cursor<>("checkpoints", AuditExportRoutes::place);

  /** Exports that may be under way at once. */
  private static final int EXPORTS_MAX = 2;

  private static final int APPROVALS_MAX = 1_000;
  private static final UUID LAST = new UUID(-1L, -1L);

  private final Database database;
  private final StateStore stateStore;
  private final Approvals approvals;
  private final Checkpoints checkpoints;
  private final AuditExport export;
  private final Semaphore exports = new Semaphore(EXPORTS_MAX);

  AuditExportRoutes(HttpServices services) {
    this.database = services.database();
    this.stateStore = services.stateStore();
    this.approvals = services.approvals();
    this.checkpoints = services.checkpoints();
    this.export = new AuditExport(database, checkpoints);
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.AUDIT);
    return List.of(
        new Route("GET", "/v1/audit/checkpoints", read, this::list),
        new Route("GET", "/v1/audit/export", read, this::export),
        new Route("GET", "/v1/tasks/{id}/evidence", read, this::evidence));
  }

  /** What a node did for a task, without what it read and wrote. */
  record Effect(
      int position,
      String name,
      String state,
      int attempts,
      Map<String, @Nullable Object> about,
      Object usage,
      String startedAt) {
    static Effect of(StepView step) {
      return new Effect(
          step.position(),
          step.name(),
          step.state(),
          step.attempts(),
          step.about(),
          step.usage() == null ? Map.of() : step.usage(),
          step.startedAt().toString());
    }
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    Checkpoints.Place before = query.cursor(CHECKPOINTS).orElse(Checkpoints.Place.NEWEST);
    query.check();
    List<Checkpoints.View> found = checkpoints.list(call.tenant(), before, limit + 1);
    return Answer.json(
        200,
        Page.of(
            found,
            limit,
            view -> view,
            view -> CHECKPOINTS.encode(view.size() + " " + view.key())));
  }

  private static Checkpoints.Place place(String text) {
    int space = text.indexOf(' ');
    if (space < 1 || !text.substring(0, space).matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("no place");
    }
    return new Checkpoints.Place(
        Long.parseLong(text.substring(0, space)), text.substring(space + 1));
  }

  private Answer export(Call call) {
    QueryParameters query = call.parameters("first", "last");
    Optional<Long> first = number(query, "first");
    Optional<Long> last = number(query, "last");
    if (first.isPresent() && last.isPresent() && first.get() > last.get()) {
      query.problem("last", "must not be before first");
    }
    query.check();
    AuditExport.Part part = new AuditExport.Part(first.orElse(1L), last.orElse(null));
    return lines(() -> export.log(call.tenant(), part));
  }

  private static Optional<Long> number(QueryParameters query, String name) {
    Optional<String> text = query.one(name);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]{0,17}")) {
      query.problem(name, "must be the number of an entry, from 1");
      return Optional.empty();
    }
    return text.map(Long::parseLong);
  }

  private Answer evidence(Call call) {
    call.parameters().check();
    call.principal().must(Permission.READ);
    TenantId tenant = call.tenant();
    TaskId task = TaskId.parse(call.id());
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("task", stateStore.task(tenant, task));
    List<ApprovalView> asked = approvals.list(tenant, null, task, LAST, APPROVALS_MAX);
    parts.put("policy_decisions", TaskDecisions.of(database, tenant, task));
    parts.put("approvals", asked);
    List<StepView> steps = stateStore.steps(tenant, task);
    parts.put("effects", steps.stream().map(Effect::of).toList());
    List<EvidenceText> texts = texts(steps);
    if (texts.isEmpty()) {
      // A task that was erased, or never routed, has none that could be shown.
      parts.put("definition", null);
    }
    List<String> subjects = new ArrayList<>(List.of(task.toString()));
    asked.forEach(approval -> subjects.add(approval.id()));
    return lines(() -> export.evidence(tenant, task.toString(), subjects, parts, texts));
  }

  /** The definition the task was pinned to, and the prompts in it. */
  private static List<EvidenceText> texts(List<StepView> steps) {
    List<EvidenceText> texts = new ArrayList<>();
    for (StepView step : steps) {
      JsonNode result = step.result();
      if (step.name().equals("route") && result != null) {
        PinnedDefinition.ofRouted(result)
            .ifPresent(pinned -> {
              texts.add(new EvidenceText("definition", "agent", pinned.text()));
              pinned
                  .prompts()
                  .forEach((name, text) -> texts.add(new EvidenceText("prompt", name, text)));
            });
      }
    }
    return texts;
  }

  private Answer lines(Supplier<Document> prepared) {
    if (!exports.tryAcquire()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%d exports are under way, which is the most at once; try again.".formatted(EXPORTS_MAX));
    }
    Document document;
    boolean ready = false;
    try {
      document = prepared.get();
      ready = true;
    } finally {
      if (!ready) {
        exports.release();
      }
    }
    AtomicBoolean closed = new AtomicBoolean();
    return new Answer.Lines(
        new Answer.Events.Body() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            document.writeTo(out);
          }

          @Override
          public void close() {
            if (closed.compareAndSet(false, true)) {
              document.close();
              exports.release();
            }
          }
        });
  }
}
