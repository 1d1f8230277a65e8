package io.agentos.runtime.models;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider;
import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStory;
import java.time.Duration;
import java.util.Map;

/** A scripted server and the real adapter that calls it. */
record Upstream(FakeModelServer server, ModelProvider provider) implements AutoCloseable {
  /** What servers are given that will not answer. */
  static final Duration PATIENCE_SHORT = Duration.ofMillis(400);

  /** What servers are given that will, however busy the machine is. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static Upstream start(String id, FakeStory story, Duration patience) {
    FakeModelServer server = FakeModelServer.start(story);
    return new Upstream(
        server,
        new OpenAiProvider(
            new ProviderSettings(
                id,
                server.uri(),
                "key-of-the-test",
                "m",
                Map.of(),
                new ProviderTimeouts(Duration.ofSeconds(5), patience, patience, patience)),
            Api.CHAT_COMPLETIONS));
  }

  @Override
  public void close() {
    provider.close();
    server.close();
  }
}
