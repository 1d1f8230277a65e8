package io.agentos.adapters.openai;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import java.time.Duration;

/** One answer, made and asked for. */
final class OpenAiAnswers {
  static final String USAGE = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}";

  private OpenAiAnswers() {}

  static String said(String what) {
    return "openai answered model contract-model with "
        + what
        + " instead of an answer (200). A repeat may pass.";
  }

  static String message(String members, String finishReason) {
    return "{\"choices\":[{\"finish_reason\":\"%s\",\"message\":{%s}}],%s}"
        .formatted(finishReason, members, USAGE);
  }

  static String calls(String finishReason, String... calls) {
    return message(
        "\"content\":null,\"tool_calls\":[" + String.join(",", calls) + "]", finishReason);
  }

  static String call(String id, String name, String arguments) {
    return "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}"
        .formatted(id, name, arguments);
  }

  static Completion completion(String body) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.json(body)));
        ModelProvider provider = provider(server)) {
      return provider.complete(ModelCalls.asking("hi"));
    }
  }

  static AgentOsException failure(String body) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.json(body)));
        ModelProvider provider = provider(server)) {
      return catchThrowableOfType(
          AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi")));
    }
  }

  static ModelProvider provider(FakeModelServer server) {
    return new OpenAiProvider(
        OpenAiProviders.settings(server.uri(), "sk-test-secret-4711", Duration.ofSeconds(20)),
        OpenAiProvider.Api.CHAT_COMPLETIONS);
  }
}
