package io.agentos.adapters.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * The body of one request, which knows whether it has begun to go out. Until then the provider
 * cannot have begun to work, whatever became of the connection.
 */
final class SentBody implements HttpRequest.BodyPublisher {
  private final HttpRequest.BodyPublisher body;
  private volatile Runnable told = () -> {};
  private volatile boolean begun;

  SentBody(ByteBuffer body) {
    this.body =
        HttpRequest.BodyPublishers.ofByteArray(
            body.array(), body.arrayOffset() + body.position(), body.remaining());
  }

  /** Has {@code listener} run when it begins to go out: then the connection stands. */
  void onBegin(Runnable listener) {
    told = listener;
  }

  /** Whether any of it may have been sent. */
  boolean begun() {
    return begun;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    begun = true;
    told.run();
    body.subscribe(subscriber);
  }
}
