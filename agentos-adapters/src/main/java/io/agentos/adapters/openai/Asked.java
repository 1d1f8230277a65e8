package io.agentos.adapters.openai;

import io.agentos.adapters.http.ToolNames;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;

/**
 * One call as its answer needs to know it.
 *
 * @param provider the provider's id, under which seals are kept
 * @param model the model that is asked, for servers that do not name the one that answered
 */
record Asked(ModelRequest request, String provider, String model, ToolNames tools) {

  /** Whether a message carries thoughts and seals of this provider. */
  boolean own(Message.Assistant message) {
    return message.provider().equals(provider);
  }

  /** The answering model's name, or else that of the asked one. */
  String named(String answered) {
    return answered.isBlank() ? model : answered;
  }
}
