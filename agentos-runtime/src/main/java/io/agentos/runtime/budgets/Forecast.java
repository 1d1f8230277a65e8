package io.agentos.runtime.budgets;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a budget will have spent at the end of its period, seen from the past. Money in micros.
 *
 * @param linear as if the rest of the period were like the part that is over
 * @param lastSevenDays as if it were like the last seven days, or like the time since the first
 *     spending where that is shorter
 */
public record Forecast(long linear, long lastSevenDays) {
  private static final Duration WEEK = Duration.ofDays(7);

  /** Shorter times say nothing of the next ones. */
  private static final Duration HOUR = Duration.ofHours(1);

  /** An hour is a spike when it is so many times as dear as the mean of those before it. */
  private static final int SPIKE_FACTOR = 3;

  private static final long SPIKE_HOURS_MIN = 3;

  /**
   * What was spent lately.
   *
   * @param week in the seven days until {@code now}, beginning with the hour {@code weekSince}
   * @param hour in the present hour
   * @param before in the hours of the period before it, from {@code beforeSince} on
   */
  record Lately(long week, Instant weekSince, long hour, long before, Instant beforeSince) {}

  /** The forecast for a period from {@code start} to {@code end} with {@code spent} until now. */
  static Forecast of(long spent, Instant start, Instant end, Instant now, Lately lately) {
    Duration rest = Duration.between(now, end);
    Duration over = longer(Duration.between(start, now), HOUR);
    Duration seen = longer(shorter(Duration.between(lately.weekSince, now), WEEK), HOUR);
    return new Forecast(spent + share(spent, rest, over), spent + share(lately.week, rest, seen));
  }

  /** The mean of the hours before this one; empty when there are too few to tell. */
  static Optional<Long> hourlyMean(Lately lately, Instant now) {
    long hours = Duration.between(lately.beforeSince, now).toHours();
    return hours < SPIKE_HOURS_MIN ? Optional.empty() : Optional.of(lately.before / hours);
  }

  /** Whether the present hour is much dearer than those of the period before it. */
  static boolean spike(Lately lately, Instant now) {
    return hourlyMean(lately, now)
        .filter(mean -> mean > 0 && lately.hour / SPIKE_FACTOR > mean)
        .isPresent();
  }

  /** The part of {@code amount} that {@code part} is of {@code whole}, or more than all of it. */
  private static long share(long amount, Duration part, Duration whole) {
    BigInteger product =
        BigInteger.valueOf(amount).multiply(BigInteger.valueOf(Math.max(0, part.toSeconds())));
    BigInteger share = product.divide(BigInteger.valueOf(whole.toSeconds()));
    return share.min(BigInteger.valueOf(Budget.LIMIT_MAX * 1_000)).longValueExact();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
