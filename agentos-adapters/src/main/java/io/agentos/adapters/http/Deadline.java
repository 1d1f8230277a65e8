package io.agentos.adapters.http;

import java.time.Duration;

/** The moment by which a call must have ended, on the clock that only goes forward. */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The time left; zero or less when it has passed. */
  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  /** The earlier of this and {@code time} from now. */
  Deadline orIn(Duration time) {
    Deadline other = in(time);
    return other.nanos - nanos < 0 ? other : this;
  }
}
