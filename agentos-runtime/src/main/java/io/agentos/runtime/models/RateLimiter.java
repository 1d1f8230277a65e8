package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps calls within the limits that providers tell with their answers. A node takes a share of a
 * shared minute at a time, so that few calls need the database; a limit that nobody has told yet
 * holds nobody back.
 *
 * <p>Thread-safe. Holds as many entries as agents can name models.
 */
final class RateLimiter {
  /** A node takes this part of a limit at once. */
  static final int SHARES = 20;

  /** The longest pause that an exhausted limit is believed to need. */
  static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  private final Windows windows;
  private final InstantSource clock;
  private final Map<String, Limits> models = new ConcurrentHashMap<>();

  RateLimiter(Windows windows, InstantSource clock) {
    this.windows = windows;
    this.clock = clock;
  }

  /** Takes in what the provider said about a model's limits. */
  void learn(Candidate candidate, List<RateLimit> told) {
    if (told.isEmpty()) {
      return;
    }
    Limits limits = models.computeIfAbsent(candidate.name(), _ -> new Limits());
    limits.lock.lock();
    try {
      for (RateLimit limit : told) {
        limits.byKind.computeIfAbsent(limit.kind(), _ -> new Share()).learn(limit, clock.instant());
      }
    } finally {
      limits.lock.unlock();
    }
  }

  /**
   * Takes what one call may need.
   *
   * @throws AgentOsException PROVIDER_LIMITED with the time to wait, when too little is left
   */
  void take(Candidate candidate, long promptTokens, long outputTokens) {
    Limits limits = models.get(candidate.name());
    if (limits == null) {
      return;
    }
    limits.lock.lock();
    try {
      List<Runnable> undo = new ArrayList<>();
      for (Map.Entry<RateLimit.Kind, Share> each : limits.byKind.entrySet()) {
        Share share = each.getValue();
        long wanted = Math.min(share.size, amount(each.getKey(), promptTokens, outputTokens));
        Duration wait = share.take(candidate, each.getKey(), wanted);
        if (!wait.isZero()) {
          undo.forEach(Runnable::run);
          throw limited(candidate, each.getKey(), wait);
        }
        undo.add(() -> share.left += wanted);
      }
    } finally {
      limits.lock.unlock();
    }
  }

  private static long amount(RateLimit.Kind kind, long promptTokens, long outputTokens) {
    return switch (kind) {
      case REQUESTS -> 1;
      case TOKENS -> promptTokens + outputTokens;
      case INPUT_TOKENS -> promptTokens;
      case OUTPUT_TOKENS -> outputTokens;
    };
  }

  private static AgentOsException limited(Candidate candidate, RateLimit.Kind kind, Duration wait) {
    return AgentOsException.retryAfter(
        ErrorCode.PROVIDER_LIMITED,
        "The limit of %s for %s is used up; it is whole again in %s."
            .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), candidate.name(), wait),
        wait);
  }

  /** The limits of one model. */
  private static final class Limits {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RateLimit.Kind, Share> byKind = new EnumMap<>(RateLimit.Kind.class);
  }

  /** This node's part of one limit; guarded by the lock of its model. */
  private final class Share {
    private long size;
    private long left;
    private Instant goodUntil = Instant.EPOCH;
    private Instant emptyUntil = Instant.EPOCH;

    void learn(RateLimit told, Instant now) {
      size = told.limit();
      left = Math.min(left, told.remaining());
      if (told.remaining() == 0) {
        Duration pause = told.reset().compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : told.reset();
        emptyUntil = now.plus(pause);
      }
    }

    /**
     * Takes from the share, or from the shared minute; zero when it could, else how long to wait.
     */
    Duration take(Candidate candidate, RateLimit.Kind kind, long wanted) {
      Instant now = clock.instant();
      if (now.isBefore(emptyUntil)) {
        return Duration.between(now, emptyUntil);
      }
      if (!now.isBefore(goodUntil)) {
        left = 0;
      }
      if (left >= wanted) {
        left -= wanted;
        return Duration.ZERO;
      }
      long part = Math.max(wanted, size / SHARES);
      Windows.Taken taken = ask(candidate, kind, part);
      if (!taken.taken() && part > wanted) {
        part = wanted;
        taken = ask(candidate, kind, part);
      }
      if (!taken.taken()) {
        return taken.left().isPositive() ? taken.left() : Duration.ofMillis(1);
      }
      left += part - wanted;
      goodUntil = now.plus(taken.left());
      return Duration.ZERO;
    }

    private Windows.Taken ask(Candidate candidate, RateLimit.Kind kind, long amount) {
      return windows.take(candidate.provider().id(), candidate.model().id(), kind, size, amount);
    }
  }
}
