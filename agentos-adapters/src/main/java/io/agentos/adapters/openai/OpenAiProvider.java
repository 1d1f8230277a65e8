package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderEndpoint;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.util.Map;

/**
 * Any server that speaks Chat Completions: {@code POST {base}/chat/completions}.
 *
 * <p>Sends the step's key as {@code Idempotency-Key}; OpenAI and DeepSeek do not promise to honour
 * it, gateways in between may. Thread-safe.
 */
public final class OpenAiProvider implements ModelProvider {
  private static final String PATH = "/chat/completions";

  private final OpenAiSettings settings;
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

  /** Makes one call; a request whose model is empty asks the default model. */
  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    String model = request.model().isEmpty() ? settings.defaultModel() : request.model();
    ToolNames tools = new ToolNames(request.tools());
    OpenAiWire.Ask ask = OpenAiAsk.of(request, model, settings.outputTokensField());
    ProviderCall call =
        new ProviderCall(
            PATH,
            Map.of("Idempotency-Key", request.key().idempotencyKey()),
            ProviderJson.bytes(ask),
            model);
    return http.post(
        call, listener, answer -> new OpenAiAnswer(answer, request, tools).completion(id(), model));
  }

  @Override
  public void close() {
    http.close();
  }
}
