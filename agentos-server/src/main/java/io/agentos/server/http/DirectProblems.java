package io.agentos.server.http;

import io.agentos.api.ErrorCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Problem documents for what never becomes a call: requests that are not well-formed HTTP, or too
 * large to be looked at.
 */
final class DirectProblems implements DirectHandler {
  private final Map<String, String> always;

  private DirectProblems(Map<String, String> always) {
    this.always = always;
  }

  /**
   * The handlers for all that can happen outside of routes.
   *
   * @param always the headers of every answer
   */
  static DirectHandlers handlers(Map<String, String> always) {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      builder.addHandler(type, new DirectProblems(always));
    }
    return builder.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @org.jspecify.annotations.Nullable String message) {
    String id = RequestIds.of(request.headers().first(HeaderNames.create(RequestIds.HEADER)));
    Problem.Place place = new Problem.Place(request.path(), id);
    byte[] body = Problem.body(facts(status), place, List.of()).getBytes(StandardCharsets.UTF_8);
    TransportResponse.Builder answer = TransportResponse.builder();
    always.forEach((name, value) -> answer.header(HeaderNames.create(name), value));
    return answer
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .header(HeaderNames.create(RequestIds.HEADER), id)
        .header(HeaderValues.CONNECTION_CLOSE)
        .keepAlive(false)
        .entity(body)
        .build();
  }

  private static Problem.Facts facts(Status status) {
    int code = status.code();
    return switch (code) {
      case 413 ->
          new Problem.Facts(
              ErrorCode.BODY_TOO_LARGE.name(),
              code,
              "The body is larger than %,d bytes.".formatted(BodyReader.BYTES_MAX));
      case 414 ->
          new Problem.Facts("MALFORMED_REQUEST", code, "The request's first line is too long.");
      case 505 -> new Problem.Facts("MALFORMED_REQUEST", code, "HTTP/1.1 is needed.");
      case 404 -> new Problem.Facts(ErrorCode.NOT_FOUND.name(), code, "There is no such route.");
      default ->
          code < 500
              ? new Problem.Facts(
                  "MALFORMED_REQUEST", code, "The request is not well-formed HTTP/1.1.")
              : new Problem.Facts(
                  ErrorCode.INTERNAL.name(),
                  code,
                  "The server met a defect of AgentOS; its log has more.");
    };
  }
}
