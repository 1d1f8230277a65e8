package io.agentos.runtime.models;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls away from what keeps failing: closed while it works, open for a while after too many
 * failures, then half open for probes that decide. Apart from that it can be told to rest.
 *
 * <p>Opens after {@value #FAILURES_IN_A_ROW} failures in a row, or when half of the last {@value
 * #WINDOW} calls failed. Each time a probe fails it stays open twice as long. Thread-safe.
 */
final class Circuit {
  static final int FAILURES_IN_A_ROW = 5;
  static final int WINDOW = 20;
  static final Duration OPEN_FIRST = Duration.ofSeconds(10);
  static final Duration OPEN_MAX = Duration.ofMinutes(5);

  /** How long after one probe another may begin: models take their time. */
  static final Duration PROBE_EVERY = Duration.ofSeconds(2);

  /** What it lets through. */
  enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.CLOSED;
  private Duration openFor = OPEN_FIRST;
  private Instant openUntil = Instant.EPOCH;
  private Instant restUntil = Instant.EPOCH;
  private @Nullable Instant probeSince;
  private int inARow;

  /** The last calls, newest in the lowest bit; 1 for a failure. */
  private int failures;

  private int counted;

  /** Whether a call may be made, and what its end will mean. */
  enum Permit {
    /** It may not. */
    NONE,
    CALL,
    /** A call that decides whether it closes again. */
    PROBE
  }

  /** Asks for a call now; one that is permitted must be followed by {@link #ended}. */
  Permit admit(Instant now) {
    lock.lock();
    try {
      State seen = look(now);
      if (seen != State.HALF_OPEN) {
        return seen == State.CLOSED ? Permit.CALL : Permit.NONE;
      }
      if (probeSince != null && now.isBefore(probeSince.plus(PROBE_EVERY))) {
        return Permit.NONE;
      }
      probeSince = now;
      return Permit.PROBE;
    } finally {
      lock.unlock();
    }
  }

  /** Tells how a permitted call ended. Stragglers from before it opened say nothing. */
  void ended(Permit permit, boolean well, Instant now) {
    lock.lock();
    try {
      boolean probe = permit == Permit.PROBE;
      if (probe != (state == State.CLOSED)) {
        if (well) {
          recovered(probe);
        } else {
          failed(probe, now);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A permitted call ended in a way that says nothing, such as a cancel. */
  void gaveUp(Permit permit) {
    lock.lock();
    try {
      if (permit == Permit.PROBE) {
        probeSince = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets no call through until {@code until}; then it is what it was. */
  void restUntil(Instant until) {
    lock.lock();
    try {
      restUntil = until.isAfter(restUntil) ? until : restUntil;
    } finally {
      lock.unlock();
    }
  }

  State state(Instant now) {
    lock.lock();
    try {
      return look(now);
    } finally {
      lock.unlock();
    }
  }

  /** How long until a probe may pass; zero when a call may be tried now. */
  Duration wait(Instant now) {
    lock.lock();
    try {
      if (look(now) != State.OPEN) {
        return Duration.ZERO;
      }
      return Duration.between(now, openUntil.isAfter(restUntil) ? openUntil : restUntil);
    } finally {
      lock.unlock();
    }
  }

  private State look(Instant now) {
    if (state == State.OPEN && !now.isBefore(openUntil)) {
      state = State.HALF_OPEN;
    }
    return now.isBefore(restUntil) ? State.OPEN : state;
  }

  private void recovered(boolean probe) {
    inARow = 0;
    count(0);
    if (probe) {
      state = State.CLOSED;
      openFor = OPEN_FIRST;
      failures = 0;
      counted = 0;
      probeSince = null;
    }
  }

  private void failed(boolean probe, Instant now) {
    inARow++;
    count(1);
    if (probe) {
      openFor =
          openFor.multipliedBy(2).compareTo(OPEN_MAX) > 0 ? OPEN_MAX : openFor.multipliedBy(2);
      open(now);
    } else if (inARow >= FAILURES_IN_A_ROW
        || (counted == WINDOW && Integer.bitCount(failures) * 2 >= WINDOW)) {
      open(now);
    }
  }

  private void open(Instant now) {
    state = State.OPEN;
    openUntil = now.plus(openFor);
    probeSince = null;
    inARow = 0;
    failures = 0;
    counted = 0;
  }

  private void count(int failure) {
    failures = ((failures << 1) | failure) & ((1 << WINDOW) - 1);
    counted = Math.min(WINDOW, counted + 1);
  }
}
