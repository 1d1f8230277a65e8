package io.agentos.server.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.List;
import java.util.Set;

/**
 * Makes HTTP/1.1 connections of Helidon that keep to {@link ConnectionBounds}: a request that comes
 * too slowly or too long, and an answer that is not taken, close their connection and harm no
 * other. After a refusal the rest of the request is read and forgotten for a while, so that the
 * sender gets to read why; it is never taken for another request.
 *
 * <p>Thread-safe.
 */
public final class BoundedConnections implements ServerConnectionSelector, AutoCloseable {
  private final ConnectionBounds bounds;
  private final Watchdog watchdog = new Watchdog();
  private final Http1ConnectionSelector delegate;

  public BoundedConnections(Http1Config config, ConnectionBounds bounds) {
    this.bounds = bounds;
    // Helidon 4.5 tells nobody where there are two listeners; its own for logging would be one.
    Http1Config listened =
        Http1Config.builder()
            .from(config)
            .receiveListeners(List.of(new RequestListener()))
            .sendListeners(List.of(new AnswerListener()))
            .build();
    this.delegate = Http1ConnectionSelector.builder().config(listened).build();
    watchdog.start();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return delegate.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return delegate.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return delegate.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Guard guard = watchdog.watch();
    BoundedContext bounded = new BoundedContext(context, guard, bounds);
    return new BoundedConnection(
        delegate.connection(bounded), bounded, () -> watchdog.forget(guard));
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
