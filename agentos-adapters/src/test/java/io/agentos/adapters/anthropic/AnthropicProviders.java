package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ProviderTarget;
import java.net.URI;
import java.util.Map;

/** Providers to test. */
final class AnthropicProviders {
  private AnthropicProviders() {}

  static ModelProvider of(ProviderTarget target) {
    ProviderTimeouts timeouts = ProviderTimeouts.DEFAULT;
    return new AnthropicProvider(
        settings(
            target.server(),
            target.apiKey(),
            new ProviderTimeouts(
                timeouts.connect(), timeouts.firstByte(), target.idle(), target.timeout())));
  }

  static ProviderSettings settings(URI server, String apiKey, ProviderTimeouts timeouts) {
    return new ProviderSettings(
        "anthropic", URI.create(server + "/v1"), apiKey, "default-model", Map.of(), timeouts);
  }
}
