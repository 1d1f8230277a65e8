package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderSettings.KeyHeader;
import io.agentos.adapters.http.ToolNames;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.net.URI;
import java.util.Map;

/**
 * OpenAI, DeepSeek, and any server that speaks Chat Completions or Responses as they do.
 *
 * <p>A request whose model is empty asks the default model. Sends the step's key as {@code
 * Idempotency-Key}; OpenAI and DeepSeek do not promise to honour it, gateways in between may. Both
 * cache prompts by themselves, so nothing is sent for that. Thread-safe.
 */
public final class OpenAiProvider implements ModelProvider {
  /** OpenAI's own base URL. */
  public static final URI OPENAI_URL = URI.create("https://api.openai.com/v1");

  /** DeepSeek's base URL. */
  public static final URI DEEPSEEK_URL = URI.create("https://api.deepseek.com");

  private static final KeyHeader KEY = new KeyHeader("Authorization", "Bearer ");

  private final ProviderSettings settings;
  private final OpenAiApi spoken;
  private final ProviderHttp http;

  /**
   * A provider that refuses plain http to other machines.
   *
   * @throws AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public OpenAiProvider(ProviderSettings settings, Api api) {
    this(settings, api, false);
  }

  /**
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted, for private
   *     networks only
   */
  public OpenAiProvider(ProviderSettings settings, Api api, boolean allowPlainHttp) {
    this.settings = settings;
    this.spoken =
        switch (api) {
          case CHAT_COMPLETIONS -> new ChatCompletions(ChatCompletions.Habits.OPENAI);
          case COMPATIBLE -> new ChatCompletions(ChatCompletions.Habits.COMPATIBLE);
          case DEEPSEEK -> new ChatCompletions(ChatCompletions.Habits.DEEPSEEK);
          case RESPONSES -> new Responses();
        };
    this.http = new ProviderHttp(settings.endpoint(KEY, Map.of(), allowPlainHttp));
  }

  /** What a server speaks. */
  public enum Api {
    /** Chat Completions as OpenAI speaks them. Its models' thoughts stay hidden. */
    CHAT_COMPLETIONS,
    /** OpenAI's Responses: thoughts are kept, sealed, from turn to turn. No stop sequences. */
    RESPONSES,
    /** Chat Completions as DeepSeek speaks them. */
    DEEPSEEK,
    /** Chat Completions with the older {@code max_tokens}, for servers that know no other. */
    COMPATIBLE
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    Asked asked = asked(request);
    return http.post(call(asked, false), listener, answer -> spoken.read(asked, answer));
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    Asked asked = asked(request);
    OpenAiApi.Stream stream = spoken.stream(asked, listener);
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
        spoken.path(),
        Map.of("Idempotency-Key", asked.request().key().idempotencyKey()),
        ProviderJson.bytes(spoken.ask(asked, streamed), asked.request()),
        asked.model());
  }
}
