package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ToolNames;
import io.agentos.api.ModelRequest;
import org.jspecify.annotations.Nullable;

/**
 * One call as its answer needs to know it.
 *
 * @param provider that is called
 * @param model that is asked
 * @param tools under the names that travel
 */
record AnthropicAsked(ModelRequest request, String provider, String model, ToolNames tools) {

  /** The answering model's name, or else that of the asked one. */
  String named(@Nullable String answered) {
    return answered == null || answered.isBlank() ? model : answered;
  }
}
