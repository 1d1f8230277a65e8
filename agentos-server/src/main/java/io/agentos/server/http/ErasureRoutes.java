package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErasureId;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.retention.Hold;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.state.Erasures;
import io.agentos.runtime.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Erasures: asking for one, and seeing how far it is. Thread-safe. */
final class ErasureRoutes {
  private static final Cursor<UUID> ERASURES = Cursor.ofIds("erasures");
  private static final UUID LAST = new UUID(-1L, -1L);

  private final Erasures erasures;
  private final Idempotent idempotent;
  private final StateStore stateStore;
  private final Holds holds;

  ErasureRoutes(HttpServices services, Idempotent idempotent) {
    this.stateStore = services.stateStore();
    this.erasures = new Erasures(services.database(), services.stateStore(), services.audit());
    this.idempotent = idempotent;
    this.holds = services.holds();
  }

  List<Route> routes() {
    Access privacy = new Access.Needs(Permission.PRIVACY);
    return List.of(
        new Route("GET", "/v1/erasures", privacy, this::list),
        new Route("POST", "/v1/erasures", privacy, this::create),
        new Route("GET", "/v1/erasures/{id}", privacy, this::one));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(ERASURES).orElse(LAST);
    query.check();
    List<Erasures.View> found = erasures.list(call.tenant(), before, limit + 1);
    return Answer.json(
        200,
        Page.of(
            found,
            limit,
            erasure -> erasure,
            erasure -> ERASURES.encode(ErasureId.parse(erasure.id()).value())));
  }

  private Answer create(Call call) {
    Supplier<Erasures.Order> order = Idempotent.prepared(() -> read(call.body()));
    String by = call.principal().id();
    AtomicReference<@Nullable HoldId> held = new AtomicReference<>();
    try {
      return idempotent
          .once(
              call,
              202,
              tx -> {
                Erasures.Order asked = order.get();
                if (asked instanceof Erasures.Order.Task(TaskId task)) {
                  TaskIds.mustExist(stateStore, tx, call.tenant(), new TaskIds.Named("task", task));
                }
                held.set(holds.covers(tx, call.tenant(), thing(asked)).orElse(null));
                holds.mustBeFree(tx, call.tenant(), thing(asked));
                return erasures.request(tx, call.tenant(), asked, by);
              })
          .answer();
    } catch (AgentOsException e) {
      HoldId hold = held.get();
      if (hold != null) {
        erasures.refused(call.tenant(), hold, by);
      }
      throw e;
    }
  }

  private static Hold.Thing thing(Erasures.Order order) {
    return switch (order) {
      case Erasures.Order.Task(TaskId task) -> new Hold.Thing.OfTask(task.value());
      case Erasures.Order.Subject(String name) -> new Hold.Thing.OfSubject(name);
    };
  }

  private Answer one(Call call) {
    call.parameters().check();
    return Answer.json(200, erasures.one(call.tenant(), ErasureId.parse(call.id())));
  }

  private static Erasures.Order read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "subject", "task");
    if (fields.named("subject") == fields.named("task")) {
      fields.problem("subject", "is required, or 'task', and not both");
    }
    problems.throwIfAny();
    if (fields.named("task")) {
      String task = fields.requiredText("task", TaskRequest.SUBJECT_LENGTH_MAX).orElse("");
      Optional<TaskId> id = TaskIds.parse(task);
      if (id.isEmpty()) {
        fields.problem("task", TaskIds.NO_TASK);
      }
      problems.throwIfAny();
      return new Erasures.Order.Task(id.orElseThrow());
    }
    String subject = fields.requiredText("subject", TaskRequest.SUBJECT_LENGTH_MAX).orElse("");
    problems.throwIfAny();
    return new Erasures.Order.Subject(subject);
  }
}
