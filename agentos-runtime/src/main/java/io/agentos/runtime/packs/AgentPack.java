package io.agentos.runtime.packs;

import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.budgets.ToolSpending;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.intake.ChildTasks;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.packs.Checkpoints.Passage;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.routing.Route;
import io.agentos.runtime.secrets.SecretAccess;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.tools.ToolsRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Steps 4 to 7: an agent does its work. Which agent, with which definition, stands in the route and
 * so in the journal: a task goes on with what it began with, whatever the pack says today.
 *
 * <p>Thread-safe.
 */
public final class AgentPack {
  private final Checkpoints checkpoints;
  private final Conversation conversation;
  private final Workflow workflow;

  /**
   * @param shelf the agents that others may be asked for
   * @param secrets null where there are none: references to them are refused
   */
  public AgentPack(
      ToolsRegistry tools,
      Policies policy,
      Gates gates,
      Approvals approvals,
      ToolSpending spending,
      ModelRouter modelRouter,
      ChildTasks childTasks,
      PackShelf shelf,
      @Nullable SecretAccess secrets) {
    AgentTools agentTools = new AgentTools(tools, shelf);
    ToolSecrets toolSecrets = new ToolSecrets(secrets);
    ToolInvocation invocation =
        new ToolInvocation(
            tools, approvals, spending, toolSecrets, new Delegation(approvals, childTasks));
    ToolCalls toolCalls =
        new ToolCalls(agentTools, policy, gates, approvals, toolSecrets, invocation);
    this.checkpoints = new Checkpoints(gates, approvals);
    this.conversation = new Conversation(agentTools, checkpoints, modelRouter, toolCalls);
    this.workflow = new Workflow(checkpoints, toolCalls);
  }

  /** Runs the agent of {@code route} to its answer. */
  public Response execute(Durable durable, Request request, Route route, String policyVersion) {
    AgentRun run =
        new AgentRun(
            request,
            route.agent(),
            route.limits(),
            new Question.Versions(route.packDigest(), policyVersion),
            new LoopWatch(),
            new SeenTexts(route.agent(), request),
            new History(policyVersion, request.mandate().taint()));
    return switch (checkpoints.begin(durable, run)) {
      case Passage.Closed(Response.Denied denied) -> denied;
      case Passage.Open _, Passage.Answer _, Passage.Mend _ ->
          switch (route.agent().body()) {
            case LlmAgent agent -> conversation.run(durable, run, agent);
            case WorkflowAgent agent -> workflow.run(durable, run, agent);
          };
    };
  }
}
