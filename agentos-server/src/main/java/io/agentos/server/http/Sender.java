package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends the answer to one request. Used by one thread. */
final class Sender {
  private final ServerRequest request;
  private final ServerResponse response;
  private final Map<String, String> always;
  private final Problem.Place place;

  /**
   * @param always the headers of every answer
   */
  Sender(ServerRequest request, ServerResponse response, Map<String, String> always) {
    this.request = request;
    this.response = response;
    this.always = always;
    this.place =
        new Problem.Place(
            request.path().absolute().path(),
            RequestIds.of(request.headers().first(HeaderNames.create(RequestIds.HEADER))));
  }

  /** Which request this is. */
  Problem.Place place() {
    return place;
  }

  void send(Answer answer) {
    switch (answer) {
      case Answer.Ready ready -> send(ready);
      case Answer.Later(var rest) -> send(rest.get());
      case Answer.Events(Answer.Events.Body body) -> stream(body, "text/event-stream");
      case Answer.Lines(Answer.Events.Body body) -> stream(body, "application/x-ndjson");
    }
  }

  private void send(Answer.Ready answer) {
    response.status(Status.create(answer.status()));
    headers("application/json");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      response.header(HeaderNames.create(header.getKey()), header.getValue());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) {
      response.headers().remove(HeaderNames.CONTENT_TYPE);
      response.send();
    } else if (request.prologue().method().equals(Method.HEAD)) {
      response.headers().contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }

  private void stream(Answer.Events.Body body, String mediaType) {
    try (body) {
      headers(mediaType);
      response.header(HeaderNames.create("X-Accel-Buffering"), "no");
      response.header(HeaderValues.CONNECTION_CLOSE);
      try (OutputStream out = response.outputStream()) {
        body.writeTo(out);
      }
    } catch (IOException | AgentOsException e) {
      throw new CloseConnectionException("The stream ended before its end.", e);
    }
  }

  private void headers(String mediaType) {
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    always.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.header(HeaderNames.create(RequestIds.HEADER), place.requestId());
  }
}
