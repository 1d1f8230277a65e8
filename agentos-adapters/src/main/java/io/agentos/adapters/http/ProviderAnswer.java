package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;

/**
 * A whole body that came back for one call, and the words to complain about it.
 *
 * <p>Immutable. What {@link ProviderHttp#post} returns has a status of 2xx.
 */
public final class ProviderAnswer {
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "request-id", "x-ds-trace-id");

  private final ProviderEndpoint endpoint;
  private final ProviderCall call;
  private final int status;
  private final HttpHeaders headers;
  private final String text;

  ProviderAnswer(
      ProviderEndpoint endpoint, ProviderCall call, int status, HttpHeaders headers, String text) {
    this.endpoint = endpoint;
    this.call = call;
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  /**
   * The body as a wire record.
   *
   * @throws AgentOsException PROVIDER_ANSWER when it is not JSON that fits the type
   */
  public <T> T read(Class<T> wireType) {
    if (text.isBlank()) {
      throw broken("an empty body");
    }
    T wire;
    try {
      wire = ProviderJson.read(text, wireType);
    } catch (JacksonException e) {
      throw broken(wrong(e));
    }
    if (wire == null) {
      throw broken("null");
    }
    return wire;
  }

  /** PROVIDER_ANSWER: {@code what} came instead of an answer. Must name no content. */
  public AgentOsException broken(String what) {
    return new AgentOsException(
        ErrorCode.PROVIDER_ANSWER,
        "%s answered model %s with %s instead of an answer (%s). A repeat may pass."
            .formatted(provider(), call.model(), what, facts(List.of())));
  }

  /** PROVIDER_ANSWER that also names the provider's own word, if it is a word. */
  public AgentOsException broken(String what, String word) {
    boolean shown = ErrorWords.isWord(word) && !endpoint.isSecret(word);
    return broken(shown ? what + " '" + word + "'" : what);
  }

  /**
   * The error that a body with a good status holds, as some gateways answer. It counts as the
   * status its {@code code} names, else as 502.
   */
  public AgentOsException failedWithin(JsonNode error) {
    JsonNode code = error.path("code");
    int named = code.isIntegralNumber() ? code.asInt(0) : 0;
    int told = named >= 400 && named < 600 ? named : 502;
    ProviderAnswer failed =
        new ProviderAnswer(endpoint, call, told, headers, ProviderJson.write(error));
    return ProviderFailure.of(failed, null);
  }

  ProviderAnswer withText(String body) {
    return new ProviderAnswer(endpoint, call, status, headers, body);
  }

  String provider() {
    return endpoint.provider();
  }

  String model() {
    return call.model();
  }

  String address() {
    return endpoint.resolve(call.path()).toString();
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  String text() {
    return text;
  }

  /** The status, the given words and the provider's id of the request, for a message. */
  String facts(List<String> words) {
    StringBuilder facts = new StringBuilder().append(status);
    for (String word : words) {
      if (!endpoint.isSecret(word)) {
        facts.append(", ").append(word);
      }
    }
    REQUEST_ID_HEADERS.stream()
        .flatMap(name -> headers.firstValue(name).stream())
        .filter(id -> ErrorWords.isWord(id) && !endpoint.isSecret(id))
        .findFirst()
        .ifPresent(id -> facts.append(", request ").append(id));
    return facts.toString();
  }

  private static String wrong(JacksonException e) {
    if (e instanceof StreamReadException && !(e instanceof InputCoercionException)) {
      return "malformed JSON (line %d, column %d)"
          .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
    String path = e.getPath().stream().map(ProviderAnswer::step).collect(Collectors.joining("."));
    return path.isEmpty()
        ? "JSON of another shape"
        : "a field of the wrong type (%s)".formatted(path);
  }

  private static String step(JacksonException.Reference step) {
    @Nullable String name = step.getPropertyName();
    return name == null ? Integer.toString(step.getIndex()) : name;
  }
}
