package io.agentos.runtime.orchestrator;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.Verdict;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.definitions.DirectCalls;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.packs.AgentPack;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.routing.PinnedDefinition;
import io.agentos.runtime.routing.Route;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.state.StateStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one task from request to response: the ten steps of docs/architecture.md, in order.
 *
 * <p>It reads as a plain sequential program. Whatever touches the world goes through {@link
 * Durable}, so that a task that stops at any line goes on at that line with the same values.
 *
 * <p>Thread-safe: a task's state lives in its {@code Durable}, none lives here.
 */
public final class Orchestrator implements Program {
  /** Changes with the order or the meaning of steps; tasks keep the one they began with. */
  public static final String VERSION = "orchestrator/3";

  private final Policies policies;
  private final TaskRouter taskRouter;
  private final AgentPack agentPack;
  private final Approvals approvals;
  private final StateStore stateStore;
  private final PackShelf shelf;
  private final List<PackDefinition> direct;

  public Orchestrator(
      Policies policies,
      TaskRouter taskRouter,
      AgentPack agentPack,
      Approvals approvals,
      StateStore stateStore,
      PackShelf shelf) {
    this(policies, taskRouter, agentPack, approvals, stateStore, shelf, List.of());
  }

  /**
   * The same with calls of single tools.
   *
   * @param direct the pack of {@link DirectCalls}; chosen only by who names it
   */
  public Orchestrator(
      Policies policies,
      TaskRouter taskRouter,
      AgentPack agentPack,
      Approvals approvals,
      StateStore stateStore,
      PackShelf shelf,
      List<PackDefinition> direct) {
    this.policies = policies;
    this.taskRouter = taskRouter;
    this.agentPack = agentPack;
    this.approvals = approvals;
    this.stateStore = stateStore;
    this.shelf = shelf;
    this.direct = List.copyOf(direct);
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public Response run(Durable durable, Request request) { // 1. request
    Verdict verdict =
        durable.step("policy", Verdict.class, step -> validate(step, request)); // 2. policy
    Response response =
        switch (verdict) {
          case Verdict.Deny denial -> denied(durable, denial);
          case Verdict.Allow(Limits limits, String _, String policyVersion) ->
              execute(durable, request, limits, policyVersion);
        };
    return end(durable, request, response);
  }

  /** An error that no repeat would cure is an ending like any other; the rest go to the worker. */
  private Response execute(Durable durable, Request request, Limits limits, String policyVersion) {
    try {
      Routed routed =
          durable.step(
              "route",
              Routed.class,
              step -> route(step, request, limits, policyVersion)); // 3. route
      return switch (routed.verdict()) {
        case Verdict.Deny denial -> denied(durable, denial);
        case Verdict.Allow _ ->
            agentPack.execute(durable, request, routed.route(), policyVersion); // 4-7. pack
      };
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.STORE_UNAVAILABLE || e.code() == ErrorCode.JOURNAL_MISMATCH) {
        throw e;
      }
      return new Response.Failed(e.code(), e.detail(), durable.usage());
    }
  }

  @Override
  public Response end(Durable durable, Request request, Response response) {
    return durable.transaction(
        "finish",
        Response.class,
        step -> {
          stateStore.finish(step, response); // 8. persist
          approvals.withdraw(step);
          audit(step, request, "task." + response.state().text(), facts(response)); // 9. audit
          return response; // 10. caller
        });
  }

  private Verdict validate(Step step, Request request) {
    Verdict verdict = policies.validate(step, request);
    tell(step, request, verdict, Map.of());
    return verdict;
  }

  /** A route, and what policy says once it is known which agent would act. */
  record Routed(Route route, Verdict verdict) {}

  private Routed route(Step step, Request request, Limits limits, String policyVersion) {
    boolean toOneTool = DirectCalls.PACK.equals(request.target().pack());
    Route route =
        taskRouter.route(request, limits, toOneTool ? direct : shelf.servingPacks(request));
    Verdict verdict = policies.admit(step, request, route.agent(), policyVersion);
    Route bounded =
        switch (verdict) {
          case Verdict.Deny _ -> route;
          case Verdict.Allow(Limits tighter, String _, String _) -> route.within(tighter);
        };
    stateStore.pin(
        step,
        new StateStore.Pin(
            route.agent().id().pack(),
            route.agent().id().toString(),
            route.packVersion(),
            verdict.policyVersion(),
            bounded.limits()));
    tell(step, request, verdict, PinnedDefinition.facts(route));
    return new Routed(bounded, verdict);
  }

  private static void tell(Step step, Request request, Verdict verdict, Map<String, String> more) {
    Map<String, String> facts = new LinkedHashMap<>(more);
    facts.put("rule", verdict.rule());
    facts.put("policy_version", verdict.policyVersion());
    facts.put("step", step.key().name());
    String type =
        switch (verdict) {
          case Verdict.Allow _ -> "policy.allowed";
          case Verdict.Deny(String _, String reason, String _) -> {
            facts.put("reason", reason);
            yield "policy.denied";
          }
        };
    step.event(type, new LinkedHashMap<>(facts));
    audit(step, request, type, facts);
  }

  private static Response denied(Durable durable, Verdict.Deny denial) {
    return new Response.Denied(
        ErrorCode.POLICY_DENIED, denial.rule(), denial.reason(), durable.usage());
  }

  private static void audit(Step step, Request request, String type, Map<String, String> facts) {
    step.audit(
        new AuditEntry(
            request.tenant(), type, request.principal(), request.task().toString(), facts));
  }

  private static Map<String, String> facts(Response response) {
    String cost = String.valueOf(response.usage().costUsdMicros());
    return switch (response) {
      case Response.Completed _ -> Map.of("cost_usd_micros", cost);
      case Response.Denied denied ->
          Map.of("cost_usd_micros", cost, "code", denied.code().name(), "by", denied.by());
      case Response.Failed failed -> Map.of("cost_usd_micros", cost, "code", failed.code().name());
      case Response.Cancelled _ -> Map.of("cost_usd_micros", cost);
    };
  }
}
