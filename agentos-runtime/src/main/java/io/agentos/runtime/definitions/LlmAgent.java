package io.agentos.runtime.definitions;

import java.util.List;

/**
 * An agent led by a model, which uses tools in turns.
 *
 * @param models the candidates in order, each {@code provider} or {@code provider/model}
 * @param system the text of the system prompt
 */
public record LlmAgent(List<String> models, String system, OutputRules output)
    implements AgentBody {
  public LlmAgent {
    models = List.copyOf(models);
  }
}
