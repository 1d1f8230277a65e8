package io.agentos.adapters.gemini;

import io.agentos.spi.ModelProvider;
import io.agentos.testkit.GeminiDialect;
import io.agentos.testkit.ModelConnectionContract;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ProviderTarget;

final class GeminiConnectionContractTest extends ModelConnectionContract {
  @Override
  protected ModelServerDialect dialect() {
    return new GeminiDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return GeminiProviders.of(target);
  }
}
