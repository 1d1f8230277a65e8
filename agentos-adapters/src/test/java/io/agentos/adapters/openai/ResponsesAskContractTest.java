package io.agentos.adapters.openai;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ModelAskContract;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ProviderTarget;
import io.agentos.testkit.ResponsesDialect;

final class ResponsesAskContractTest extends ModelAskContract {
  @Override
  protected ModelServerDialect dialect() {
    return new ResponsesDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return OpenAiProviders.of(target, Api.RESPONSES);
  }
}
