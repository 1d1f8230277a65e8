package io.agentos.adapters.gemini;

import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderSettings.KeyHeader;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Google's Gemini API: {@code POST {base}/models/MODEL:generateContent}, and {@code
 * :streamGenerateContent} for streams.
 *
 * <p>Sends the step's key as {@code Idempotency-Key}; Google does not promise to honour it,
 * gateways in between may. Thread-safe.
 */
public final class GeminiProvider implements ModelProvider {
  /** Google's own base URL. */
  public static final URI GEMINI_URL =
      URI.create("https://generativelanguage.googleapis.com/v1beta");

  private static final KeyHeader KEY = new KeyHeader("x-goog-api-key", "");
  private static final String PLAIN = ":generateContent";
  private static final String STREAM = ":streamGenerateContent?alt=sse";

  private final ProviderSettings settings;
  private final ProviderHttp http;

  /**
   * A provider that refuses plain http to other machines.
   *
   * @throws AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public GeminiProvider(ProviderSettings settings) {
    this(settings, false);
  }

  /**
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted, for private
   *     networks only
   */
  public GeminiProvider(ProviderSettings settings, boolean allowPlainHttp) {
    this.settings = settings;
    this.http = new ProviderHttp(settings.endpoint(KEY, Map.of(), allowPlainHttp));
  }

  @Override
  public String id() {
    return settings.id();
  }

  /** Makes one call; a request whose model is empty asks the default model. */
  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    GeminiAsked asked = asked(request);
    return http.post(call(asked, PLAIN), listener, new GeminiAnswer(asked, ModelListener.NONE));
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    GeminiAsked asked = asked(request);
    GeminiAnswer answer = new GeminiAnswer(asked, listener);
    http.stream(call(asked, STREAM), listener, answer);
    return Objects.requireNonNull(answer.completion());
  }

  @Override
  public void close() {
    http.close();
  }

  private GeminiAsked asked(ModelRequest request) {
    String model = request.model().isEmpty() ? settings.defaultModel() : request.model();
    return new GeminiAsked(request, id(), model, new GeminiToolNames(request.tools()));
  }

  private ProviderCall call(GeminiAsked asked, String method) {
    return new ProviderCall(
        "/" + resource(asked.model()) + method,
        Map.of("Idempotency-Key", asked.request().key().idempotencyKey()),
        ProviderJson.bytes(GeminiAsk.of(asked.request(), id(), asked.model()), asked.request()),
        asked.model());
  }

  /** Names such as {@code tunedModels/mine} say where they are; all others are models. */
  private static String resource(String model) {
    int slash = model.indexOf('/');
    String folder = slash < 0 ? "models" : model.substring(0, slash);
    return encoded(folder) + "/" + encoded(model.substring(slash + 1));
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
