package io.agentos.runtime.models;

import io.agentos.runtime.catalogue.Capability;
import io.agentos.runtime.catalogue.Model;
import io.agentos.spi.ModelProvider;

/**
 * A model that could be asked.
 *
 * @param listed as the agent names it, such as {@code openai} or {@code openai/*}
 * @param asked the provider's name of the model, which may be an alias of the catalogue's
 */
record Candidate(String listed, ModelProvider provider, String asked, Model model) {
  /** {@code PROVIDER/MODEL}, as it is asked. */
  String name() {
    return provider.id() + "/" + asked;
  }

  boolean can(Capability capability) {
    return model.capabilities().contains(capability);
  }

  /** The longest answer of the model, no longer than {@code wanted}. */
  int outputTokens(int wanted) {
    return model.outputTokensMax() == 0 ? wanted : (int) Math.min(wanted, model.outputTokensMax());
  }
}
