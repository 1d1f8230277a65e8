package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.AnswerReader;
import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderSettings.KeyHeader;
import io.agentos.adapters.http.ToolNames;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Any server that speaks Messages: {@code POST {base}/messages}.
 *
 * <p>Sends the step's key as {@code Idempotency-Key}; Anthropic does not promise to honour it,
 * gateways in between may. Thread-safe.
 */
public final class AnthropicProvider implements ModelProvider {
  /** Anthropic's own base URL. */
  public static final URI ANTHROPIC_URL = URI.create("https://api.anthropic.com/v1");

  private static final String PATH = "/messages";
  private static final KeyHeader KEY = new KeyHeader("x-api-key", "");
  private static final Map<String, String> VERSION = Map.of("anthropic-version", "2023-06-01");

  private final ProviderSettings settings;
  private final ProviderHttp http;

  /**
   * A provider that refuses plain http to other machines.
   *
   * @throws AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public AnthropicProvider(ProviderSettings settings) {
    this(settings, false);
  }

  /**
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted, for private
   *     networks only
   */
  public AnthropicProvider(ProviderSettings settings, boolean allowPlainHttp) {
    this.settings = settings;
    this.http = new ProviderHttp(settings.endpoint(KEY, VERSION, allowPlainHttp));
  }

  @Override
  public String id() {
    return settings.id();
  }

  /** Makes one call; a request whose model is empty asks the default model. */
  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    AnthropicAsked asked = asked(request);
    return http.post(call(asked, false), listener, new Reader(asked));
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    AnthropicAsked asked = asked(request);
    AnthropicStream stream = new AnthropicStream(asked, listener);
    http.stream(call(asked, true), listener, stream);
    return Objects.requireNonNull(stream.completion());
  }

  @Override
  public void close() {
    http.close();
  }

  private AnthropicAsked asked(ModelRequest request) {
    String model = request.model().isEmpty() ? settings.defaultModel() : request.model();
    return new AnthropicAsked(request, id(), model, new ToolNames(request.tools()));
  }

  private ProviderCall call(AnthropicAsked asked, boolean streamed) {
    return new ProviderCall(
        PATH,
        Map.of("Idempotency-Key", asked.request().key().idempotencyKey()),
        ProviderJson.bytes(
            AnthropicAsk.of(asked.request(), id(), asked.model(), streamed), asked.request()),
        asked.model());
  }

  /** Reads a plain answer, and knows its count when it turns out to be none. */
  private record Reader(AnthropicAsked asked, AnthropicUsage usage)
      implements AnswerReader<Completion> {
    Reader(AnthropicAsked asked) {
      this(asked, new AnthropicUsage());
    }

    @Override
    public Completion read(ProviderAnswer answer) {
      return AnthropicAnswer.read(answer, asked, usage);
    }

    @Override
    public @Nullable Tokens seen() {
      return usage.tokens();
    }
  }
}
