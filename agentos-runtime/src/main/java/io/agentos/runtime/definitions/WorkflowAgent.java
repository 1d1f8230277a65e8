package io.agentos.runtime.definitions;

import java.util.List;

/** An agent that does declared steps in order, without a model. */
public record WorkflowAgent(List<StepDefinition> steps, OutputTemplate output)
    implements AgentBody {
  public WorkflowAgent {
    steps = List.copyOf(steps);
  }
}
