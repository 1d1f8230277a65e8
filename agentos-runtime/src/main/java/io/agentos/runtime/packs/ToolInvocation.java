package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.budgets.Spender;
import io.agentos.runtime.budgets.ToolSpending;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.secrets.Scrubber;
import io.agentos.runtime.secrets.SecretAccess.Opened;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The call of a tool itself: under the ledger, paid for, and remembered.
 *
 * <p>Thread-safe.
 */
final class ToolInvocation {
  private static final int ATTEMPTS_MAX = 3;

  private final Approvals approvals;
  private final ToolSpending spending;
  private final ToolsRegistry tools;
  private final ToolSecrets secrets;
  private final Delegation delegation;

  ToolInvocation(
      ToolsRegistry tools,
      Approvals approvals,
      ToolSpending spending,
      ToolSecrets secrets,
      Delegation delegation) {
    this.tools = tools;
    this.approvals = approvals;
    this.spending = spending;
    this.secrets = secrets;
    this.delegation = delegation;
  }

  /**
   * Calls the tool and remembers what it answered.
   *
   * @param yes what people said of the call, to be consumed by it; null when nobody was asked
   */
  ToolOutcome run(
      Durable durable,
      String name,
      AgentRun run,
      Tool tool,
      ToolCall call,
      Approvals.@Nullable Answer yes) {
    ToolOutcome outcome =
        tool instanceof DelegateTool delegate
            ? delegation.run(durable, name, run, delegate, call, yes)
            : invokeOnce(durable, name, run, tool, call, yes);
    if (outcome instanceof ToolOutcome.Answered(ToolResult result)) {
      run.loops().saw(durable, name, run, call, result);
    }
    return outcome;
  }

  private ToolOutcome invokeOnce(
      Durable durable,
      String name,
      AgentRun run,
      Tool tool,
      ToolCall call,
      Approvals.@Nullable Answer yes) {
    ToolSpec spec = tool.spec();
    run.mustAfford(durable, spec);
    run.history().called(spec.name());
    Reach reach = Reach.of(run.request()).ofAgent(run.agent().id()).withTool(spec.name());
    Intent intent =
        new Intent(
            name + "/tool",
            spec.effect(),
            reach,
            CanonicalJson.digest(call.arguments()),
            Map.of("kind", "tool", "tool", spec.name()),
            yes == null ? List.of() : approvals.consume(yes, call.arguments()),
            spec.timeout(),
            ATTEMPTS_MAX);
    try {
      ToolResult result =
          durable.effect(
              intent,
              ToolResult.class,
              step -> {
                if (yes != null) {
                  approvals.consumed(step, yes);
                }
                return act(step, run, tool, call, intent);
              });
      return answered(run, spec, result);
    } catch (AgentOsException e) {
      if (yes != null && e.code() == ErrorCode.INTENT_REFUSED) {
        return new ToolOutcome.Refused(
            ErrorCode.APPROVAL_REJECTED,
            "approval",
            approvals.refused(durable, yes, call.arguments()));
      }
      return afterFailure(run, spec, e);
    }
  }

  private ToolResult act(Step step, AgentRun run, Tool tool, ToolCall call, Intent intent) {
    Opened opened = secrets.open(run, call);
    mustFit(tool.spec(), call, opened);
    ToolContext context = new ToolContext(step.key(), run.agent().id(), tools.egress());
    ToolResult result =
        spending.pay(
            step,
            Spender.of(run.request(), run.agent().id()),
            tool.spec().costUsdMicros(),
            () -> scrubbed(tool, context, opened));
    step.used(Usage.ONE_TOOL_CALL);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tool", call.tool());
    facts.put("step", step.key().name());
    facts.put("key", step.key().idempotencyKey());
    facts.put("digest", intent.digest());
    facts.put("failed", String.valueOf(result.failed()));
    if (!opened.names().isEmpty()) {
      facts.put("secrets", String.join(" ", opened.names()));
    }
    step.audit(entry(step, run, "tool.called", facts));
    step.event("tool.called", new LinkedHashMap<>(facts));
    return result;
  }

  /** What takes the place of a reference fits the schema too, or the tool is not called. */
  private void mustFit(ToolSpec spec, ToolCall call, Opened opened) {
    if (!opened.arguments().equals(call.arguments())
        && tools.problem(spec, opened.arguments()).isPresent()) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "With the values of its secrets, the arguments of %s do not fit its schema; look at how long they are and of what characters."
              .formatted(spec.name()));
    }
  }

  /** What the tool says, without the values it was given, however it ends. */
  private static ToolResult scrubbed(Tool tool, ToolContext context, Opened opened) {
    if (opened.scrubber() == Scrubber.NONE) {
      return tool.call(new ToolArguments(opened.arguments()), context);
    }
    try {
      return opened.scrubber().result(tool.call(new ToolArguments(opened.arguments()), context));
    } catch (AgentOsException e) {
      throw opened.scrubber().failure(e);
    } catch (RuntimeException e) {
      throw opened.scrubber().broken(e);
    }
  }

  private static ToolOutcome answered(AgentRun run, ToolSpec tool, ToolResult result) {
    run.seen().add(tool.name(), result);
    return run.history().answered(tool.name(), result);
  }

  /**
   * A tool that failed is an answer the agent can act on; what no agent can act on ends the task.
   */
  private static ToolOutcome afterFailure(AgentRun run, ToolSpec tool, AgentOsException failure) {
    return switch (failure.code()) {
      case TOOL_FAILED,
          TOOL_CHANGED,
          TOOL_UNAVAILABLE,
          OUTSIDE_ROOTS,
          EGRESS_REFUSED,
          INVALID_ARGUMENTS,
          INVALID_INPUT ->
          // Words of a failure may be those of a stranger as well.
          answered(
              run,
              tool,
              ToolResult.failure("%s failed: %s".formatted(tool.name(), failure.detail())));
      default -> throw failure;
    };
  }

  /** An entry of what an agent did, and for whom. */
  static AuditEntry entry(Step step, AgentRun run, String type, Map<String, String> facts) {
    Map<String, String> told = new LinkedHashMap<>(facts);
    told.put("for", run.request().principal());
    return new AuditEntry(
        step.key().tenant(), type, "agent:" + run.agent().id(), step.key().task().toString(), told);
  }
}
