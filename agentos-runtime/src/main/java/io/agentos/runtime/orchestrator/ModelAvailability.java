package io.agentos.runtime.orchestrator;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.routing.Availability;
import java.util.Optional;

/**
 * An agent can work when one of its models can be asked on this node now, or it needs none.
 *
 * <p>Thread-safe.
 */
public final class ModelAvailability implements Availability {
  private final ModelRouter modelRouter;

  public ModelAvailability(ModelRouter modelRouter) {
    this.modelRouter = modelRouter;
  }

  @Override
  public Optional<String> hindrance(AgentDefinition agent) {
    return switch (agent.body()) {
      case WorkflowAgent _ -> Optional.empty();
      case LlmAgent llm -> modelRouter.hindrance(llm.models());
    };
  }
}
