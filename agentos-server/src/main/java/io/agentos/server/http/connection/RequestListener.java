package io.agentos.server.http.connection;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Tells a connection where its requests begin. */
final class RequestListener implements Http1ConnectionListener {
  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    ((BoundedContext) context).requestBegins();
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    ((BoundedContext) context).requestHeaders(headers);
  }
}
