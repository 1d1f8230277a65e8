package io.agentos.tools.files;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The moment at which a piece of work gives what it has; also the place where an interrupt ends it.
 */
public final class Deadline {
  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** A deadline this long from now. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /**
   * Whether the time is over.
   *
   * @throws InterruptedIOException when the thread was interrupted; its flag stays set
   */
  public boolean isOver() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    return System.nanoTime() - endNanos >= 0;
  }
}
