package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ProviderTarget;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Providers to test. */
final class OpenAiProviders {
  private OpenAiProviders() {}

  static ModelProvider of(ProviderTarget target, Api api) {
    return new OpenAiProvider(
        new ProviderSettings(
            "openai",
            URI.create(target.server() + "/v1"),
            target.apiKey(),
            "default-model",
            Map.of(),
            new ProviderTimeouts(
                target.timeout(), target.timeout(), target.idle(), target.timeout())),
        api);
  }

  static ProviderSettings settings(URI server, String apiKey, Duration timeout) {
    return new ProviderSettings(
        "openai",
        URI.create(server + "/v1"),
        apiKey,
        "default-model",
        Map.of(),
        ProviderTimeouts.ofTotal(timeout));
  }
}
