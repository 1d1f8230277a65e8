package io.agentos.adapters.anthropic;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.AnthropicDialect;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ReceivedCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Single calls: what was sent for them, and what became of a given answer. */
final class AnthropicCalls {
  static final String KEY = "sk-test-secret-4711";

  private AnthropicCalls() {}

  /** What a stream came to, and what was told on the way. */
  record Streamed(Completion completion, List<ModelEvent> events) {
    <E extends ModelEvent> List<E> told(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  static ModelRequest asking(String model, ModelOptions options) {
    return request(model, List.of(new Message.User("hi")), 4096, options);
  }

  /** Without tools and without a system prompt. */
  static ModelRequest request(
      String model, List<Message> messages, int outputTokensMax, ModelOptions options) {
    ModelRequest any = ModelCalls.asking("hi");
    return new ModelRequest(any.key(), model, "", messages, List.of(), outputTokensMax, options);
  }

  static ModelRequest withTools(ModelRequest request) {
    return new ModelRequest(
        request.key(),
        request.model(),
        request.system(),
        request.messages(),
        List.of(ModelCalls.READ_FILE, ModelCalls.LIST_FILES),
        request.outputTokensMax(),
        request.options());
  }

  static ReceivedCall sent(ModelRequest request) {
    try (FakeModelServer server = server(FakeStep.says("ok"));
        ModelProvider provider = provider(server)) {
      provider.complete(request, ModelListener.NONE);
      return server.calls().getFirst();
    }
  }

  static Completion completion(String body) {
    try (FakeModelServer server = server(FakeStep.json(body));
        ModelProvider provider = provider(server)) {
      return provider.complete(ModelCalls.asking("hi"));
    }
  }

  static AgentOsException failure(String body) {
    try (FakeModelServer server = server(FakeStep.json(body));
        ModelProvider provider = provider(server)) {
      return catchThrowableOfType(
          AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi")));
    }
  }

  static Streamed streamed(String... events) {
    List<ModelEvent> told = new ArrayList<>();
    try (FakeModelServer server = server(stream(events));
        ModelProvider provider = provider(server)) {
      return new Streamed(provider.stream(ModelCalls.asking("hi"), told::add), told);
    }
  }

  static AgentOsException streamFailure(String... events) {
    try (FakeModelServer server = server(stream(events));
        ModelProvider provider = provider(server)) {
      return catchThrowableOfType(
          AgentOsException.class,
          () -> provider.stream(ModelCalls.asking("hi"), ModelListener.NONE));
    }
  }

  static String said(String what) {
    return "anthropic answered model contract-model with "
        + what
        + " instead of an answer (200). A repeat may pass.";
  }

  static FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(new AnthropicDialect(), FakeStory.always(step));
  }

  static ModelProvider provider(FakeModelServer server) {
    return new AnthropicProvider(
        AnthropicProviders.settings(server.uri(), KEY, ProviderTimeouts.DEFAULT));
  }

  private static FakeStep stream(String... events) {
    return FakeStep.raw(
        "text/event-stream", String.join("", events).getBytes(StandardCharsets.UTF_8));
  }
}
