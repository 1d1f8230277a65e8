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
import io.agentos.spi.Egress;
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
  private final Egress egress;

  ToolInvocation(Approvals approvals, ToolSpending spending, Egress egress) {
    this.approvals = approvals;
    this.spending = spending;
    this.egress = egress;
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
    ToolOutcome outcome = invokeOnce(durable, name, run, tool, call, yes);
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
    Reach reach =
        new Reach(run.request().tenant(), run.request().task(), run.agent().id(), null, null, null)
            .withTool(spec.name());
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
      run.seen().add(spec.name(), result);
      return run.history().answered(spec.name(), result);
    } catch (AgentOsException e) {
      if (yes != null && e.code() == ErrorCode.INTENT_REFUSED) {
        return new ToolOutcome.Refused(
            ErrorCode.APPROVAL_REJECTED,
            "approval",
            approvals.refused(durable, yes, call.arguments()));
      }
      return afterFailure(spec, e);
    }
  }

  private ToolResult act(Step step, AgentRun run, Tool tool, ToolCall call, Intent intent) {
    ToolArguments arguments = new ToolArguments(call.arguments());
    ToolContext context = new ToolContext(step.key(), run.agent().id(), egress);
    ToolResult result =
        spending.pay(
            step,
            new Spender(run.request().tenant(), run.agent().id(), run.request().task()),
            tool.spec().costUsdMicros(),
            () -> tool.call(arguments, context));
    step.used(Usage.ONE_TOOL_CALL);
    Map<String, String> facts =
        Map.of(
            "tool", call.tool(),
            "step", step.key().name(),
            "key", step.key().idempotencyKey(),
            "digest", intent.digest(),
            "failed", String.valueOf(result.failed()));
    step.audit(entry(step, run, "tool.called", facts));
    step.event("tool.called", new LinkedHashMap<>(facts));
    return result;
  }

  /**
   * A tool that failed is an answer the agent can act on; what no agent can act on ends the task.
   */
  private static ToolOutcome afterFailure(ToolSpec tool, AgentOsException failure) {
    return switch (failure.code()) {
      case TOOL_FAILED,
          TOOL_UNAVAILABLE,
          OUTSIDE_ROOTS,
          EGRESS_REFUSED,
          INVALID_ARGUMENTS,
          INVALID_INPUT ->
          new ToolOutcome.Answered(
              ToolResult.failure("%s failed: %s".formatted(tool.name(), failure.detail())));
      default -> throw failure;
    };
  }

  static AuditEntry entry(Step step, AgentRun run, String type, Map<String, String> facts) {
    return new AuditEntry(
        step.key().tenant(),
        type,
        "agent:" + run.agent().id(),
        step.key().task().toString(),
        facts);
  }
}
