package io.agentos.adapters.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

/** How calls get to one provider and back. Thread-safe; closing it cuts what runs. */
interface Transport extends AutoCloseable {
  /** More calls than this wait for a place. */
  int PLACES_MAX = 1_024;

  /**
   * Over plain http connections of our own; over TLS, or through a proxy, those of the JDK's
   * client.
   */
  static Transport to(URI base, Duration connectMax) {
    boolean tls = base.getScheme().equalsIgnoreCase("https");
    if (tls || isProxied(base)) {
      return new Connections(tls, connectMax);
    }
    return new Http1Pool(base.getHost(), base.getPort() < 0 ? 80 : base.getPort(), connectMax);
  }

  /**
   * Sends a call and waits for the head of its answer, which keeps its place until it is cancelled.
   *
   * @param placeBy when there must be a place
   * @throws HttpTimeoutException when place or head did not come in time
   */
  Incoming send(Outgoing call, Deadline placeBy) throws IOException, InterruptedException;

  @Override
  void close();

  private static boolean isProxied(URI base) {
    ProxySelector proxies = ProxySelector.getDefault();
    return proxies != null && !proxies.select(base).equals(List.of(Proxy.NO_PROXY));
  }
}
