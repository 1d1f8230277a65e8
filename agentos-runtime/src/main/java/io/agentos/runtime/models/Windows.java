package io.agentos.runtime.models;

import io.agentos.api.RateLimit;
import java.time.Duration;

/** Where all nodes take from one and the same limit. Thread-safe. */
interface Windows {
  /**
   * Takes {@code amount} from the current minute of a limit of {@code size}.
   *
   * @return how long until the minute is over: with {@code taken}, how long what was taken is good
   */
  Taken take(String provider, String model, RateLimit.Kind kind, long size, long amount);

  record Taken(boolean taken, Duration left) {}
}
