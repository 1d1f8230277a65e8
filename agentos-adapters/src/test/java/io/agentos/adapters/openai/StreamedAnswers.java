package io.agentos.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelEvent;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ProviderTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Streams made of given events. */
final class StreamedAnswers {
  static final String DONE = "data: [DONE]\n\n";

  private StreamedAnswers() {}

  record Heard(Completion completion, List<ModelEvent> events) {}

  record Failed(AgentOsException failure, List<ModelEvent> events) {}

  /** An event; a backtick stands for a quote. */
  static String data(String json) {
    return "data: " + json.replace('`', '"') + "\n\n";
  }

  static Heard heard(Api api, String... events) {
    List<ModelEvent> told = new ArrayList<>();
    try (FakeModelServer server = server(events);
        ModelProvider provider = provider(server, api)) {
      return new Heard(provider.stream(ModelCalls.asking("hi"), told::add), told);
    }
  }

  static Failed failed(Api api, String... events) {
    List<ModelEvent> told = new ArrayList<>();
    try (FakeModelServer server = server(events);
        ModelProvider provider = provider(server, api)) {
      AgentOsException failure =
          catchThrowableOfType(
              AgentOsException.class, () -> provider.stream(ModelCalls.asking("hi"), told::add));
      assertThat(failure).as("the stream must fail").isNotNull();
      return new Failed(failure, told);
    }
  }

  private static FakeModelServer server(String... events) {
    byte[] body = String.join("", events).getBytes(StandardCharsets.UTF_8);
    return FakeModelServer.start(FakeStory.always(FakeStep.raw("text/event-stream", body)));
  }

  private static ModelProvider provider(FakeModelServer server, Api api) {
    return OpenAiProviders.of(
        new ProviderTarget(server.uri(), "sk-test-secret-4711", Duration.ofSeconds(20)), api);
  }
}
