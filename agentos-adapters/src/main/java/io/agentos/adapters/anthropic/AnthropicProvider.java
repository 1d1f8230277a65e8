package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.AnswerReader;
import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderCall;
import io.agentos.adapters.http.ProviderEndpoint;
import io.agentos.adapters.http.ProviderHttp;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
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
  private static final String PATH = "/messages";

  private final AnthropicSettings settings;
  private final ProviderHttp http;

  /**
   * A provider that refuses plain http to other machines.
   *
   * @throws AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public AnthropicProvider(AnthropicSettings settings) {
    this(settings, false);
  }

  /**
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted, for private
   *     networks only
   */
  public AnthropicProvider(AnthropicSettings settings, boolean allowPlainHttp) {
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
    AnthropicTalk talk = talk(request);
    return http.post(call(talk, false), listener, new Reader(talk));
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    AnthropicTalk talk = talk(request);
    AnthropicStream stream = new AnthropicStream(talk, listener);
    http.stream(call(talk, true), listener, stream);
    return Objects.requireNonNull(stream.completion());
  }

  @Override
  public void close() {
    http.close();
  }

  private AnthropicTalk talk(ModelRequest request) {
    String model = request.model().isEmpty() ? settings.defaultModel() : request.model();
    return new AnthropicTalk(request, id(), model, new AnthropicToolNames(request.tools()));
  }

  private ProviderCall call(AnthropicTalk talk, boolean streamed) {
    return new ProviderCall(
        PATH,
        Map.of("Idempotency-Key", talk.request().key().idempotencyKey()),
        ProviderJson.bytes(AnthropicAsk.of(talk.request(), id(), talk.asked(), streamed)),
        talk.asked());
  }

  /** Reads a plain answer, and knows its count when it turns out to be none. */
  private record Reader(AnthropicTalk talk, AnthropicUsage usage)
      implements AnswerReader<Completion> {
    Reader(AnthropicTalk talk) {
      this(talk, new AnthropicUsage());
    }

    @Override
    public Completion read(ProviderAnswer answer) {
      return AnthropicAnswer.read(answer, talk, usage);
    }

    @Override
    public @Nullable Tokens seen() {
      return usage.tokens();
    }
  }
}
