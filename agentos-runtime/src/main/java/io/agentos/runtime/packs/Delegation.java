package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.Usage;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.durable.ChildEnded;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.intake.ChildTasks;
import io.agentos.runtime.intake.ChildTasks.Outcome;
import io.agentos.runtime.intake.ChildTasks.Part;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.killswitch.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives parts of a task's work to other agents and waits for all of them: fork and join. Each part
 * is a task of its own, which passes all ten steps, never within more than is left of the one that
 * asks. No thread is held while they work.
 *
 * <p>Thread-safe.
 */
final class Delegation {
  private static final int ATTEMPTS_MAX = 3;

  /** The longest a part may take altogether, people's time included. */
  private static final Duration PATIENCE = Limits.WIDEST.approvalWaitMax();

  private final Approvals approvals;
  private final ChildTasks childTasks;

  Delegation(Approvals approvals, ChildTasks childTasks) {
    this.approvals = approvals;
    this.childTasks = childTasks;
  }

  /** The ids that parts are given before they are started, so that each is started once. */
  record PartIds(List<TaskId> tasks) {
    PartIds {
      tasks = List.copyOf(tasks);
    }
  }

  /** What all parts came to. */
  record Joined(List<Outcome> parts) {
    Joined {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Starts the parts and returns when all have ended: their results as one, with each under {@code
   * tasks} in the fields. Failed when every one of them failed.
   *
   * @param yes what people said of the call, to be consumed by it; null when nobody was asked
   */
  ToolOutcome run(
      Durable durable,
      String name,
      AgentRun run,
      DelegateTool tool,
      ToolCall call,
      Approvals.@Nullable Answer yes) {
    List<DelegateTool.Asked> asked;
    try {
      asked = tool.asked(run, call);
    } catch (AgentOsException e) {
      return new ToolOutcome.Answered(ToolResult.failure(e.detail()));
    }
    int left = run.agent().delegates().tasksMax() - run.history().partsGiven();
    if (asked.size() > left) {
      return new ToolOutcome.Answered(
          ToolResult.failure(
              "%d parts were asked for and %d are left of the %d that this task may give away. Ask for fewer, or do the work yourself."
                  .formatted(asked.size(), left, run.agent().delegates().tasksMax())));
    }
    PartIds ids =
        durable.step(
            name + "/parts",
            PartIds.class,
            _ -> new PartIds(Stream.generate(TaskId::next).limit(asked.size()).toList()));
    List<Part> parts = parts(durable, run, asked, ids);
    run.history().called(DelegateTool.NAME);
    try {
      durable.effect(
          intent(name, run, call, yes), Boolean.class, step -> start(step, run, call, parts, yes));
    } catch (AgentOsException e) {
      return refused(durable, call, yes, e);
    }
    return joined(run, join(durable, name, run, ids.tasks()), parts);
  }

  private Intent intent(String name, AgentRun run, ToolCall call, Approvals.@Nullable Answer yes) {
    return new Intent(
        name + "/tool",
        DelegateTool.EFFECT,
        Reach.of(run.request()).ofAgent(run.agent().id()).withTool(DelegateTool.NAME),
        CanonicalJson.digest(call.arguments()),
        Map.of("kind", "tool", "tool", DelegateTool.NAME),
        yes == null ? List.of() : approvals.consume(yes, call.arguments()),
        DelegateTool.TIMEOUT,
        ATTEMPTS_MAX);
  }

  private boolean start(
      Step step, AgentRun run, ToolCall call, List<Part> parts, Approvals.@Nullable Answer yes) {
    if (yes != null) {
      approvals.consumed(step, yes);
    }
    childTasks.start(run.request(), run.agent().id(), parts);
    step.used(Usage.ONE_TOOL_CALL);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tool", DelegateTool.NAME);
    facts.put("step", step.key().name());
    facts.put("key", step.key().idempotencyKey());
    facts.put("digest", CanonicalJson.digest(call.arguments()));
    facts.put(
        "tasks",
        parts.stream().map(part -> part.task().toString()).collect(Collectors.joining(" ")));
    step.audit(ToolInvocation.entry(step, run, "tool.called", facts));
    step.event("tool.called", new LinkedHashMap<>(facts));
    return true;
  }

  private ToolOutcome refused(
      Durable durable, ToolCall call, Approvals.@Nullable Answer yes, AgentOsException e) {
    if (yes != null && e.code() == ErrorCode.INTENT_REFUSED) {
      return new ToolOutcome.Refused(
          ErrorCode.APPROVAL_REJECTED,
          "approval",
          approvals.refused(durable, yes, call.arguments()));
    }
    if (e.code() == ErrorCode.LIMIT_REACHED || e.code() == ErrorCode.INVALID_REQUEST) {
      return new ToolOutcome.Answered(ToolResult.failure(e.detail()));
    }
    throw e;
  }

  /** Side by side they share what is left; a part that needs less leaves it to those after it. */
  private static List<Part> parts(
      Durable durable, AgentRun run, List<DelegateTool.Asked> asked, PartIds ids) {
    Limits limits = run.limits();
    int count = asked.size();
    long cost = Math.max(0, run.costLeftMicros(durable)) / count;
    int calls = Math.max(0, run.toolCallsLeft(durable) - 1) / count;
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(
          new Part(
              ids.tasks().get(i),
              asked.get(i).agent(),
              asked.get(i).input(),
              new Limits(
                  limits.turnsMax(),
                  calls,
                  cost,
                  limits.outputTokensMax(),
                  limits.timeMax(),
                  limits.approvalWaitMax())));
    }
    return parts;
  }

  private List<Outcome> join(Durable durable, String name, AgentRun run, List<TaskId> tasks) {
    List<TaskId> late = new ArrayList<>();
    for (TaskId task : tasks) {
      if (durable
          .await(ChildEnded.signal(task), WaitReason.CHILD, ChildEnded.class, PATIENCE)
          .isEmpty()) {
        late.add(task);
      }
    }
    if (!late.isEmpty()) {
      durable.step(
          name + "/late",
          Boolean.class,
          _ -> {
            childTasks.cancel(
                run.request().tenant(), late, "It took longer than its parent waits.");
            return true;
          });
    }
    return durable
        .step(
            name + "/join",
            Joined.class,
            _ -> new Joined(childTasks.outcomes(run.request().tenant(), tasks)))
        .parts();
  }

  private static ToolOutcome joined(AgentRun run, List<Outcome> outcomes, List<Part> parts) {
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      run.history().gave(outcome.ended() ? outcome.usage() : worst(parts.get(i)));
      outcome.origins().forEach(run.history()::read);
    }
    ToolResult result = DelegateResult.of(outcomes);
    run.seen().add(DelegateTool.NAME, result);
    return run.history().answered(DelegateTool.NAME, result);
  }

  /** Of one that still runs nobody knows what it will have used. */
  private static Usage worst(Part part) {
    return new Usage(0, 0, 0, 0, part.limits().costUsdMicrosMax(), 0, part.limits().toolCallsMax());
  }
}
