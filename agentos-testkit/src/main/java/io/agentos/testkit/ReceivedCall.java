package io.agentos.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One call as a {@link FakeModelServer} received it.
 *
 * <p>Thread-safe.
 */
public final class ReceivedCall {
  private final int number;
  private final String path;
  private final Map<String, String> headers;
  private final String body;
  private final int turn;
  private final CountDownLatch closed = new CountDownLatch(1);

  ReceivedCall(int number, FakeRequest request, int turn) {
    this.number = number;
    this.path = request.path();
    this.headers = request.headers();
    this.body = request.body();
    this.turn = turn;
  }

  /** Its place among the calls of the server, counted from 1. */
  public int number() {
    return number;
  }

  public String path() {
    return path;
  }

  /** The value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All headers, names in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  public String body() {
    return body;
  }

  /** How many messages of the model the conversation held before this call. */
  public int turn() {
    return turn;
  }

  /** The Idempotency-Key of the call; empty when it has none. */
  public String idempotencyKey() {
    return header("idempotency-key").orElse("");
  }

  /** Waits until the client has closed the connection of this unanswered call. */
  public boolean awaitClosedByClient(Duration atMost) throws InterruptedException {
    return closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void closedByClient() {
    closed.countDown();
  }
}
