package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderEndpoint;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ToolNames;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.util.Map;

/**
 * OpenAI, DeepSeek, and any server that speaks Chat Completions or Responses as they do.
 *
 * <p>A request whose model is empty asks the default model. Sends the step's key as {@code
 * Idempotency-Key}; OpenAI and DeepSeek do not promise to honour it, gateways in between may. Both
 * cache prompts by themselves, so nothing is sent for that. Thread-safe.
 */
public final class OpenAiProvider implements ModelProvider {
  private final OpenAiSettings settings;
  private final OpenAiApi api;
  private final ProviderHttp http;

  /**
   * A provider that refuses plain http to other machines.
   *
   * @throws AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public OpenAiProvider(OpenAiSettings settings) {
    this(settings, false);
  }

  /**
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted, for private
   *     networks only
   */
  public OpenAiProvider(OpenAiSettings settings, boolean allowPlainHttp) {
    this.settings = settings;
    this.api =
        switch (settings.api()) {
          case CHAT_COMPLETIONS -> new ChatCompletions(ChatCompletions.Habits.OPENAI);
          case COMPATIBLE -> new ChatCompletions(ChatCompletions.Habits.COMPATIBLE);
          case DEEPSEEK -> new ChatCompletions(ChatCompletions.Habits.DEEPSEEK);
          case RESPONSES -> new Responses();
        };
    this.http =
        new ProviderHttp(
            new ProviderEndpoint(
                settings.id(),
                settings.baseUrl(),
                settings.headersWithKey(),
                settings.timeouts(),
                allowPlainHttp));
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    Asked asked = asked(request);
    return http.post(call(asked, false), listener, answer -> api.read(asked, answer));
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    Asked asked = asked(request);
    OpenAiApi.Stream stream = api.stream(asked, listener);
    http.stream(call(asked, true), listener, stream);
    return stream.completion();
  }

  @Override
  public void close() {
    http.close();
  }

  private Asked asked(ModelRequest request) {
    String model = request.model().isEmpty() ? settings.defaultModel() : request.model();
    return new Asked(request, id(), model, new ToolNames(request.tools()));
  }

  private ProviderCall call(Asked asked, boolean streamed) {
    return new ProviderCall(
        api.path(),
        Map.of("Idempotency-Key", asked.request().key().idempotencyKey()),
        ProviderJson.bytes(api.ask(asked, streamed), asked.request()),
        asked.model());
  }
}
