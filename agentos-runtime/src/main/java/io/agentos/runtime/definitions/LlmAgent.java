package io.agentos.runtime.definitions;

import java.util.List;

/**
 * An agent led by a model, which uses tools in turns.
 *
 * @param models the candidates in order, each {@code provider}, {@code provider/model} or {@code
 *     provider/*}
 * @param system the text of the system prompt
 */
public record LlmAgent(
    List<String> models, Routing routing, Generation generation, String system, OutputRules output)
    implements AgentBody {
  public LlmAgent {
    models = List.copyOf(models);
  }
}
