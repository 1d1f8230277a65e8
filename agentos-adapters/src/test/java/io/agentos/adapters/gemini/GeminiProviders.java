package io.agentos.adapters.gemini;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ProviderTarget;
import java.net.URI;
import java.util.Map;

/** Providers to test. */
final class GeminiProviders {
  private GeminiProviders() {}

  static ModelProvider of(ProviderTarget target) {
    ProviderTimeouts timeouts = ProviderTimeouts.DEFAULT;
    return new GeminiProvider(
        settings(
            target.server(),
            target.apiKey(),
            new ProviderTimeouts(
                timeouts.connect(), timeouts.firstByte(), target.idle(), target.timeout())));
  }

  static ProviderSettings settings(URI server, String apiKey, ProviderTimeouts timeouts) {
    return new ProviderSettings(
        "gemini", URI.create(server + "/v1beta"), apiKey, "default-model", Map.of(), timeouts);
  }
}
