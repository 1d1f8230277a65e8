package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProvidersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "OPENAI, '', /v1/chat/completions",
    "OPENAI, /v1, /v1/chat/completions",
    "OPENAI, /openai, /openai/chat/completions",
    "ANTHROPIC, '', /v1/messages",
    "ANTHROPIC, /v1/, /v1/messages",
    "ANTHROPIC, /anthropic, /anthropic/v1/messages",
    "GEMINI, '', /v1beta/models/contract-model:generateContent",
    "GEMINI, /v1beta, /v1beta/models/contract-model:generateContent",
    "DEEPSEEK, '', /chat/completions",
    "DEEPSEEK, /v1, /v1/chat/completions"
  })
  void baseUrl_isWhatTheVendorsToolsTake(String vendor, String path, String called) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.fails(503)));
        Providers providers =
            providers(config(Map.of(vendor + "_BASE_URL", server.uri() + path)))) {
      ConfiguredProvider provider = providers.configured().getFirst();
      try {
        provider.provider().complete(ModelCalls.asking("hi"));
      } catch (io.agentos.api.AgentOsException e) {
        assertThat(e.code()).isEqualTo(io.agentos.api.ErrorCode.PROVIDER_UNAVAILABLE);
      }

      assertThat(server.calls())
          .singleElement()
          .satisfies(call -> assertThat(call.path()).isEqualTo(called));
    }
  }

  @Test
  void withoutKeysAndAddresses_nobodyIsThere_andEachSaysHow() {
    try (Providers providers = providers(config(Map.of()))) {
      assertThat(providers.configured()).isEmpty();
      assertThat(providers.missing())
          .containsOnlyKeys("openai", "anthropic", "gemini", "deepseek")
          .containsEntry(
              "gemini",
              "set GEMINI_API_KEY (or GEMINI_BASE_URL for a compatible server, with GEMINI_MODEL and"
                  + " GEMINI_PRICE for a model of its own)");
    }
  }

  @Test
  void withKeys_allAreThere() {
    Config config =
        config(
            Map.of(
                "OPENAI_API_KEY", "k1",
                "ANTHROPIC_API_KEY", "k2",
                "GEMINI_API_KEY", "k3",
                "DEEPSEEK_API_KEY", "k4"));
    try (Providers providers = providers(config)) {
      assertThat(providers.configured().stream().map(each -> each.provider().id()))
          .containsExactlyInAnyOrder("openai", "anthropic", "gemini", "deepseek");
    }
  }

  private Config config(Map<String, String> environment) {
    return new ConfigLoader(new HashMap<>(environment), folder, folder).load(null, List.of());
  }

  private static Providers providers(Config config) {
    return Providers.of(config, Recordings.of(config));
  }
}
