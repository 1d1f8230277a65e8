package io.agentos.adapters.anthropic;

import io.agentos.spi.ModelProvider;
import io.agentos.testkit.AnthropicDialect;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ModelStreamFaultContract;
import io.agentos.testkit.ProviderTarget;

final class AnthropicStreamFaultContractTest extends ModelStreamFaultContract {
  @Override
  protected ModelServerDialect dialect() {
    return new AnthropicDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return AnthropicProviders.of(target);
  }
}
