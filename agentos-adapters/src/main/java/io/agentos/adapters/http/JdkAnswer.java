package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** An answer that came over the JDK's client. */
final class JdkAnswer implements Incoming {
  private final HttpResponse<BodyFlow> response;
  private final Connections.Place place;
  private boolean cancelled;

  JdkAnswer(HttpResponse<BodyFlow> response, Connections.Place place) {
    this.response = response;
    this.place = place;
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public HttpHeaders headers() {
    return response.headers();
  }

  @Override
  public List<ByteBuffer> next(Duration atMost) throws IOException, InterruptedException {
    return response.body().next(atMost);
  }

  @Override
  public void cancel() {
    if (!cancelled) {
      cancelled = true;
      response.body().cancel();
      place.close();
    }
  }
}
