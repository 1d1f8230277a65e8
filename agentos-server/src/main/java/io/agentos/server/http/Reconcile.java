package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.ToolResult;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.Reconciliation;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StepView;
import io.agentos.runtime.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A person's word on an effect that nobody knows the end of: whether it happened, and what came of
 * it. Thread-safe.
 */
final class Reconcile {
  private static final String NO_RESULT =
      "A person confirmed that this happened; no result is known.";
  private static final int STEP_LENGTH_MAX = 300;
  private static final List<String> OUTCOMES = List.of("happened", "did_not_happen");

  private final StateStore stateStore;
  private final Audit audit;

  Reconcile(HttpServices services) {
    this.stateStore = services.stateStore();
    this.audit = services.audit();
  }

  /** What was said of which attempt of which step. */
  record Word(TaskId task, StepView step, Reconciliation reconciliation) {}

  /**
   * What a call says.
   *
   * @throws AgentOsException NOT_FOUND, INVALID_REQUEST, CONFLICT when the step's end is known
   */
  Word read(Call call, TaskId task) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "step", "outcome", "result");
    Optional<String> name = fields.requiredText("step", STEP_LENGTH_MAX);
    fields.require("outcome");
    Optional<String> outcome = fields.choice("outcome", OUTCOMES);
    boolean happened = outcome.equals(Optional.of("happened"));
    ToolResult result = result(fields);
    if (outcome.isPresent() && !happened && fields.value("result").isPresent()) {
      fields.problem("result", "belongs to the outcome 'happened', and only to it");
    }
    problems.throwIfAny();
    StepView step = step(call, task, name.orElse(""));
    return new Word(task, step, new Reconciliation(happened, happened ? result : null));
  }

  /** Tells the task. The first word stands. */
  void send(Tx tx, Call call, Word word) {
    StepView step = word.step();
    String name = Reconciliation.signal(step.position(), step.attempts());
    String body = Json.write(word.reconciliation());
    stateStore.signal(tx, call.tenant(), word.task(), new StateStore.Signal(name, body));
    Map<String, String> facts =
        Map.of(
            "step", step.name(),
            "attempt", String.valueOf(step.attempts()),
            "outcome", word.reconciliation().happened() ? "happened" : "did_not_happen");
    audit.append(
        tx,
        List.of(
            new AuditEntry(
                call.tenant(),
                "step.unknown",
                call.principal().id(),
                word.task().toString(),
                facts)));
  }

  private StepView step(Call call, TaskId task, String name) {
    StepView step =
        stateStore.steps(call.tenant(), task).stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> FieldProblems.failure("step", "must be the name of a step of this task"));
    if (!step.state().equals("unknown") && !step.state().equals("discarded")) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Step %d of task %s is %s; only one whose end is unknown can be reconciled."
              .formatted(step.position(), task, step.state()));
    }
    return step;
  }

  /** A text, or an object as tools answer. */
  @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
  private static ToolResult result(RequestFields fields) {
    Optional<JsonNode> result = fields.value("result");
    if (result.isEmpty()) {
      return ToolResult.ofText(NO_RESULT);
    }
    if (result.get().isString()) {
      return ToolResult.ofText(fields.text("result", ToolResult.TEXT_LENGTH_MAX).orElse(NO_RESULT));
    }
    Optional<RequestFields> object = fields.object("result", "text", "fields", "failed");
    if (object.isEmpty()) {
      return ToolResult.ofText(NO_RESULT);
    }
    object.get().require("text");
    String text = object.get().text("text", ToolResult.TEXT_LENGTH_MAX).orElse(NO_RESULT);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.get().members("fields").forEach((key, value) -> members.put(key, Json.plain(value)));
    return new ToolResult(text, members, object.get().flag("failed"));
  }
}
