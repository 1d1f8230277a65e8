package io.agentos.adapters.anthropic;

import io.agentos.spi.ModelProvider;
import io.agentos.testkit.AnthropicDialect;
import io.agentos.testkit.ModelProviderContract;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ProviderTarget;

final class AnthropicProviderContractTest extends ModelProviderContract {
  @Override
  protected ModelServerDialect dialect() {
    return new AnthropicDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return AnthropicProviders.of(target);
  }
}
