package io.agentos.runtime.models;

import io.agentos.api.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** When the next candidate is asked, and how long is waited before all of them are asked again. */
final class Fallback {
  static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

  private Fallback() {}

  /** Whether another candidate might do what this one did not. */
  static boolean may(ErrorCode code) {
    return switch (code) {
      case PROVIDER_LIMITED,
          PROVIDER_UNAVAILABLE,
          PROVIDER_ANSWER,
          PROVIDER_KEY,
          PROVIDER_CREDIT,
          TOOL_UNAVAILABLE,
          LIMIT_REACHED,
          BUDGET_EXHAUSTED,
          BUDGET_RESERVED,
          OVERLOADED ->
          true;
      default -> false;
    };
  }

  static Duration shorter(Duration one, Optional<Duration> other) {
    return other.isPresent() && other.get().compareTo(one) < 0 ? other.get() : one;
  }

  /** Twice the pause before, or the shortest that a provider asked for where that is longer. */
  static Duration pause(int round, Duration asked) {
    Duration doubled = PAUSE_FIRST.multipliedBy(1L << (round - 1));
    return asked.compareTo(PAUSE_MAX) < 0 && asked.compareTo(doubled) > 0 ? asked : doubled;
  }
}
