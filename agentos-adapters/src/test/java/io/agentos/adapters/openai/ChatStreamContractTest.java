package io.agentos.adapters.openai;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ChatCompletionsDialect;
import io.agentos.testkit.ModelServerDialect;
import io.agentos.testkit.ModelStreamContract;
import io.agentos.testkit.ProviderTarget;

final class ChatStreamContractTest extends ModelStreamContract {
  @Override
  protected ModelServerDialect dialect() {
    return new ChatCompletionsDialect();
  }

  @Override
  protected ModelProvider provider(ProviderTarget target) {
    return OpenAiProviders.of(target, Api.CHAT_COMPLETIONS);
  }
}
