package io.agentos.server.http.connection;

import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Tells a connection how its requests are answered. */
final class AnswerListener implements Http1ConnectionListener {
  @Override
  public void status(ConnectionContext context, Status status) {
    ((BoundedContext) context).answerBegins(status);
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    ((BoundedContext) context).answerHeaders(headers);
  }
}
