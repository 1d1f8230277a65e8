package io.agentos.adapters.gemini;

import io.agentos.spi.ModelProvider;
import io.agentos.testkit.GeminiDialect;
import io.agentos.testkit.ModelProviderContract;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ProviderTarget;

final class GeminiProviderContractTest extends ModelProviderContract {
  @Override
  protected ModelServerDialect dialect() {
    return new GeminiDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return GeminiProviders.of(target);
  }
}
