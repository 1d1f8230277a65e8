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
 * What came back for one call, and the words to complain about it. Of a plain call it is the whole
 * body, of a stream the head, without a body.
 *
 * <p>Not changed once it is made. What {@link ProviderHttp} hands out has a status of 2xx.
 */
public final class ProviderAnswer {
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "request-id", "x-ds-trace-id");

  private final ProviderEndpoint endpoint;
  private final ProviderCall call;
  private final int status;
  private final HttpHeaders headers;
  private final Bytes body;

  ProviderAnswer(
      ProviderEndpoint endpoint, ProviderCall call, int status, HttpHeaders headers, Bytes body) {
    this.endpoint = endpoint;
    this.call = call;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * The body as a wire record.
   *
   * @throws AgentOsException PROVIDER_ANSWER when it is not JSON that fits the type
   */
  public <T> T read(Class<T> wireType) {
    if (isBlank()) {
      throw broken("an empty body");
    }
    try {
      return whole(ProviderJson.read(body, wireType), "null");
    } catch (JacksonException e) {
      throw broken(wrong(e));
    }
  }

  /**
   * The data of an event of this answer as a wire record.
   *
   * @throws AgentOsException PROVIDER_ANSWER when it is not JSON that fits the type
   */
  public <T> T read(String data, Class<T> wireType) {
    if (data.isBlank()) {
      throw broken("an empty event");
    }
    try {
      return whole(ProviderJson.read(data, wireType), "null in an event");
    } catch (JacksonException e) {
      throw broken(wrong(e) + " in an event");
    }
  }

  /** The provider's name of the call, for its support; empty when it gives none. */
  public String requestId() {
    return REQUEST_ID_HEADERS.stream()
        .flatMap(name -> headers.firstValue(name).stream())
        .filter(id -> ErrorWords.isWord(id) && !endpoint.isSecret(id))
        .findFirst()
        .orElse("");
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

  /** PROVIDER_UNAVAILABLE: the provider says by this word that it gave up in the middle. */
  public AgentOsException gaveUp(String word) {
    return ProviderFailure.gaveUp(this, word);
  }

  /**
   * The error that an answer with a good status holds, in its body or in an event. It counts as the
   * status its {@code code} names, else as what its words say, else as 502.
   *
   * @param error the object with the error's {@code type}, {@code code} or {@code status}
   */
  public AgentOsException failedWithin(JsonNode error) {
    return ProviderFailure.within(this, error);
  }

  ProviderAnswer withBody(Bytes whole) {
    return new ProviderAnswer(endpoint, call, status, headers, whole);
  }

  ProviderAnswer withStatus(int other) {
    return new ProviderAnswer(endpoint, call, other, headers, body);
  }

  Bytes body() {
    return body;
  }

  private boolean isBlank() {
    for (int i = body.start(); i < body.end(); i++) {
      if (!Character.isWhitespace(body.array()[i])) {
        return false;
      }
    }
    return true;
  }

  private <T> T whole(@Nullable T wire, String otherwise) {
    if (wire == null) {
      throw broken(otherwise);
    }
    return wire;
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

  /** The status, the given words and the provider's id of the request, for a message. */
  String facts(List<String> words) {
    StringBuilder facts = new StringBuilder().append(status);
    for (String word : words) {
      if (!endpoint.isSecret(word)) {
        facts.append(", ").append(word);
      }
    }
    String id = requestId();
    return id.isEmpty() ? facts.toString() : facts.append(", request ").append(id).toString();
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
