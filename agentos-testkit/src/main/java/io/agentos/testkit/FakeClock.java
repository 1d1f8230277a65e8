package io.agentos.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is set.
 *
 * <p>Thread-safe.
 */
public final class FakeClock implements InstantSource {
  /** Where a new clock stands: a Monday noon, UTC. */
  public static final Instant START = Instant.parse("2026-11-02T12:00:00Z");

  private final AtomicReference<Instant> now;

  public FakeClock() {
    this(START);
  }

  public FakeClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Puts the clock to {@code instant}, back in time too. */
  public void set(Instant instant) {
    now.set(instant);
  }

  /** Moves the clock on and returns the new time. */
  public Instant advance(Duration by) {
    return now.updateAndGet(instant -> instant.plus(by));
  }
}
