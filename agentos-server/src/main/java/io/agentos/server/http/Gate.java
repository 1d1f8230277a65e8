package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many calls are worked on at once, so that more of them wait for a moment and are then
 * turned away rather than pile up. Orders to stop have places of their own.
 *
 * <p>Thread-safe.
 */
final class Gate {
  private static final int STOPS_MAX = 32;

  /** Deliveries of others, forged ones among them, which must not crowd out those with keys. */
  private static final int SIGNED_MAX = 32;

  private static final long PATIENCE_MILLIS = 1_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore calls;
  private final Semaphore signed = new Semaphore(SIGNED_MAX);
  private final Semaphore stops = new Semaphore(STOPS_MAX);

  Gate(int callsMax) {
    this.calls = new Semaphore(callsMax);
  }

  /** A place among the calls that are worked on. Leave it. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place.
   *
   * @throws AgentOsException OVERLOADED when none becomes free in time
   */
  Slot enter(Access access) {
    return switch (access) {
      case Access.Open _ -> () -> {};
      case Access.Signed _ -> enter(signed);
      case Access.SignsIn _, Access.Known _, Access.Needs _ -> enter(calls);
      case Access.NeedsFirst _ -> enter(stops);
    };
  }

  private static Slot enter(Semaphore places) {
    try {
      if (places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return places::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw AgentOsException.retryAfter(
        ErrorCode.OVERLOADED,
        "The server is at its limit of calls at once; try again.",
        RETRY_AFTER);
  }
}
