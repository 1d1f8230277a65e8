package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiSettings.OutputTokensField;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ProviderTarget;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Providers to test. */
final class OpenAiProviders {
  private OpenAiProviders() {}

  static ModelProvider of(ProviderTarget target) {
    return new OpenAiProvider(settings(target.server(), target.apiKey(), target.timeout()));
  }

  static OpenAiSettings settings(URI server, String apiKey, Duration timeout) {
    return new OpenAiSettings(
        "openai",
        URI.create(server + "/v1"),
        apiKey,
        "default-model",
        Map.of(),
        OutputTokensField.MAX_COMPLETION_TOKENS,
        ProviderTimeouts.ofTotal(timeout));
  }
}
