package io.agentos.runtime.packs;

import io.agentos.api.Checkpoint;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.Quorum;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.gates.Clearance;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.policy.Action;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.ToolVerdict;
import io.agentos.runtime.secrets.SecretAccess.Pins;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One tool call from wish to answer: policy, gates, a person where one is needed, then the call
 * itself under the ledger.
 *
 * <p>Thread-safe.
 */
final class ToolCalls {
  private final AgentTools agentTools;
  private final ToolsRegistry tools;
  private final Policies policy;
  private final Gates gates;
  private final Approvals approvals;
  private final ToolSecrets secrets;
  private final ToolInvocation invocation;

  ToolCalls(
      AgentTools agentTools,
      Policies policy,
      Gates gates,
      Approvals approvals,
      ToolSecrets secrets,
      ToolInvocation invocation) {
    this.agentTools = agentTools;
    this.tools = agentTools.registry();
    this.policy = policy;
    this.gates = gates;
    this.approvals = approvals;
    this.secrets = secrets;
    this.invocation = invocation;
  }

  /**
   * Calls a tool, or says why not.
   *
   * @param name the name of the steps, such as {@code turn-1/call-1}
   */
  ToolOutcome call(Durable durable, String name, AgentRun run, ToolCall wish) {
    run.mustBeWithinLimits(durable);
    List<Tool> offered = agentTools.of(run.agent());
    Optional<Tool> found =
        offered.stream().filter(tool -> tool.spec().name().equals(wish.tool())).findFirst();
    if (found.isEmpty()) {
      return new ToolOutcome.Answered(
          ToolResult.failure(
              "There is no tool '%s'; yours are: %s."
                  .formatted(
                      wish.tool(),
                      offered.stream()
                          .map(tool -> tool.spec().name())
                          .collect(Collectors.joining(", ")))));
    }
    Tool tool = found.get();
    ToolCall bound = run.bound(wish, tool.spec());
    Optional<String> problem = tools.problem(tool.spec(), bound.arguments());
    if (problem.isPresent()) {
      return new ToolOutcome.Answered(ToolResult.failure(problem.get()));
    }
    Pins pins = secrets.pin(durable, name, run, bound);
    if (!pins.granted()) {
      return new ToolOutcome.Refused(ErrorCode.POLICY_DENIED, pins.refused(), pins.reason());
    }
    return cleared(
        durable,
        name,
        run,
        tool,
        new ToolCall(bound.id(), bound.tool(), pins.in(bound.arguments())));
  }

  private ToolOutcome cleared(
      Durable durable, String name, AgentRun run, Tool tool, ToolCall call) {
    return switch (clear(durable, name, run, tool.spec(), call)) {
      case Clearance.Refused(String by, String reason) ->
          new ToolOutcome.Refused(
              by.startsWith("gate:") ? ErrorCode.GATE_BLOCKED : ErrorCode.POLICY_DENIED,
              by,
              reason);
      case Clearance.Repair(String gate, List<String> findings) ->
          new ToolOutcome.Answered(
              ToolResult.failure(
                  "Gate %s asks for a change: %s".formatted(gate, String.join(" ", findings))));
      case Clearance.Ask question -> ask(durable, name, run, tool, call, question);
      case Clearance.Cleared() -> invocation.run(durable, name, run, tool, call, null);
    };
  }

  /** What policy and gates say together: a no of either is a no, a question of either is asked. */
  private Clearance clear(
      Durable durable, String name, AgentRun run, ToolSpec tool, ToolCall call) {
    Action action =
        new Action(run.request(), run.agent(), tool, call, run.history().progress(durable.usage()));
    ToolVerdict verdict =
        durable.step(name + "/policy", ToolVerdict.class, step -> judge(step, run, action));
    if (verdict instanceof ToolVerdict.Forbid(String rule, String reason)) {
      return new Clearance.Refused(rule, reason);
    }
    Checkpoint checkpoint =
        new Checkpoint.BeforeTool(run.request(), run.agent().id(), tool, call, run.seen().now());
    Clearance clearance = gates.clear(durable, name + "/gates", checkpoint, run.agent(), List.of());
    return verdict instanceof ToolVerdict.RequireApproval(String rule, String reason, Quorum quorum)
            && !(clearance instanceof Clearance.Repair)
        ? clearance.and(new Clearance.Ask(rule, reason, quorum))
        : clearance;
  }

  private ToolVerdict judge(Step step, AgentRun run, Action action) {
    ToolVerdict verdict = policy.tool(step, action);
    if (verdict instanceof ToolVerdict.Forbid(String rule, String reason)) {
      Map<String, String> facts =
          Map.of("rule", rule, "tool", action.tool().name(), "reason", reason);
      step.event("policy.denied", new LinkedHashMap<>(facts));
      step.audit(ToolInvocation.entry(step, run, "policy.denied", facts));
    }
    return verdict;
  }

  private ToolOutcome ask(
      Durable durable, String name, AgentRun run, Tool tool, ToolCall call, Clearance.Ask asked) {
    Question question =
        new Question(
                run.request(),
                name + "/approval",
                run.agent().id(),
                tool.spec(),
                call,
                new Question.Because(asked.reason(), asked.by()),
                run.versions(),
                run.limits().approvalWaitMax())
            .of(asked.quorum(), run.zone(tool.spec()))
            .taintedBy(run.history().taint());
    Approvals.Answer answer = approvals.ask(durable, question);
    return switch (answer.decision()) {
      case Decision.Approved _ -> invocation.run(durable, name, run, tool, call, answer);
      case Decision.Edited edited ->
          invokeEdited(
              durable,
              name,
              run,
              tool,
              new ToolCall(call.id(), call.tool(), edited.arguments()),
              answer);
      case Decision.Superseded(String reason) ->
          new ToolOutcome.Refused(ErrorCode.APPROVAL_REJECTED, "approval", reason);
      case Decision.Rejected(String by, String comment) ->
          new ToolOutcome.Refused(
              ErrorCode.APPROVAL_REJECTED, by, comment.isEmpty() ? "Rejected." : comment);
      case Decision.Expired() ->
          new ToolOutcome.Refused(
              ErrorCode.APPROVAL_REJECTED, "expiry", "Nobody decided in time, which is a no.");
    };
  }

  /**
   * Arguments that a person changed pass schema, policy and gates again; those that would need the
   * word of more people than were asked are refused.
   */
  private ToolOutcome invokeEdited(
      Durable durable,
      String name,
      AgentRun run,
      Tool tool,
      ToolCall call,
      Approvals.Answer answer) {
    Optional<String> problem = tools.problem(tool.spec(), call.arguments());
    if (problem.isPresent()) {
      approvals.drop(durable, answer, ErrorCode.INVALID_ARGUMENTS, "The edit does not fit.");
      return new ToolOutcome.Answered(ToolResult.failure(problem.get()));
    }
    Pins pins = secrets.pin(durable, name + "/edited", run, call);
    if (!pins.granted()) {
      return dropped(durable, answer, pins.refused(), pins.reason());
    }
    if (!pins.in(call.arguments()).equals(call.arguments())) {
      return dropped(durable, answer, "secrets", ToolSecrets.UNPINNED);
    }
    return switch (clear(durable, name + "/edited", run, tool.spec(), call)) {
      case Clearance.Refused(String by, String reason) -> dropped(durable, answer, by, reason);
      case Clearance.Repair(String gate, List<String> findings) ->
          dropped(durable, answer, "gate:" + gate, String.join(" ", findings));
      case Clearance.Ask(String by, String _, Quorum quorum) ->
          answer.question().quorum().covers(quorum)
              ? invocation.run(durable, name, run, tool, call, answer)
              : dropped(durable, answer, by, Checkpoints.WIDER);
      case Clearance.Cleared _ -> invocation.run(durable, name, run, tool, call, answer);
    };
  }

  /** What people made of a call is forbidden like any other. */
  private ToolOutcome dropped(Durable durable, Approvals.Answer answer, String by, String reason) {
    ErrorCode code = by.startsWith("gate:") ? ErrorCode.GATE_BLOCKED : ErrorCode.POLICY_DENIED;
    approvals.drop(durable, answer, code, "The edit is refused by %s.".formatted(by));
    return new ToolOutcome.Refused(code, by, reason);
  }
}
