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
  private final ByteBuffer bytes;
  private volatile Runnable told = () -> {};
  private volatile boolean begun;

  SentBody(ByteBuffer body) {
    this.bytes = body;
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

  /** The body, of which the first byte is about to go out. */
  ByteBuffer begin() {
    begun = true;
    told.run();
    return bytes.duplicate();
  }

  @Override
  public long contentLength() {
    return bytes.remaining();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    begun = true;
    told.run();
    body.subscribe(subscriber);
  }
}
