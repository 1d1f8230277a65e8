package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response as they arrive, handed from the HTTP client to one blocking reader that
 * waits no longer than it wants to. The client's own stream has no read timeout.
 *
 * <p>The network is never more than one delivery ahead of the reader, so an endless body costs no
 * memory. One reader; {@link #cancel} from any thread.
 */
final class BodyFlow implements HttpResponse.BodySubscriber<BodyFlow> {

  /** What the network delivered. */
  private sealed interface Event {
    record Bytes(List<ByteBuffer> buffers) implements Event {}

    record End() implements Event {}

    record Broken(Throwable cause) implements Event {}
  }

  private static final Subscription CANCELLED =
      new Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** Complete at once: the answer is handed out with its head, the body is read from it. */
  @Override
  public CompletionStage<BodyFlow> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription.compareAndSet(null, given)) {
      given.request(1);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Event.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Event.Broken(cause));
  }

  @Override
  public void onComplete() {
    events.add(new Event.End());
  }

  /**
   * The next bytes; empty at the end of the body. Asks the network for more.
   *
   * @throws HttpTimeoutException when nothing came within {@code atMost}
   * @throws IOException when the body was cut
   */
  List<ByteBuffer> next(Duration atMost) throws IOException, InterruptedException {
    Event event = events.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    return switch (event) {
      case null -> throw new HttpTimeoutException("no byte in time");
      case Event.Bytes(List<ByteBuffer> buffers) -> {
        Subscription current = subscription.get();
        if (current != null) {
          current.request(1);
        }
        yield buffers;
      }
      case Event.End end -> {
        events.add(end);
        yield List.of();
      }
      case Event.Broken(Throwable cause) -> throw new IOException("the body was cut", cause);
    };
  }

  /** Closes the connection unless the body has ended. May be called more than once. */
  void cancel() {
    Subscription current = subscription.getAndSet(CANCELLED);
    if (current != null) {
      current.cancel();
    }
  }
}
