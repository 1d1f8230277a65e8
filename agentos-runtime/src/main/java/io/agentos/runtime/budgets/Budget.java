package io.agentos.runtime.budgets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A budget in force, as it stands in its present period. Money in micros.
 *
 * @param window committed, reserved and limit; reserved with committed above the limit where
 *     somebody lowered it
 * @param end of the period; null for one without periods
 * @param overdraft what was charged beyond the limit, for a provider charged more than it can have
 * @param warnPercents the thresholds of which people are told, in percent of the limit, ascending
 * @param forecast null for a budget without periods
 * @param hour what was spent in the present hour
 * @param hourlyMean what an hour of this period cost before; null when there were too few
 * @param spike whether the present hour is more than three times as dear
 */
public record Budget(
    Window window,
    @Nullable Instant end,
    long overdraft,
    List<Integer> warnPercents,
    @Nullable Forecast forecast,
    long hour,
    @Nullable Long hourlyMean,
    boolean spike,
    String changedBy,
    Instant changedAt) {
  /** A billion US dollars. */
  public static final long LIMIT_MAX = 1_000_000_000_000_000L;

  public static final int WARN_PERCENTS_MAX = 10;

  /** When nobody says otherwise. */
  public static final List<Integer> WARN_PERCENTS_DEFAULT = List.of(50, 80, 100);

  public Budget {
    warnPercents = List.copyOf(warnPercents);
  }

  /**
   * What a budget shall be.
   *
   * @param target a pack, a {@code PACK.AGENT} or a task; empty for the whole tenant
   * @param limit 0 to {@link #LIMIT_MAX}: 0 forbids all spending; empty ends the budget
   * @param warnPercents at most {@link #WARN_PERCENTS_MAX}, each 1 to 100
   */
  public record Order(
      Scope scope,
      String target,
      Period period,
      Optional<Long> limit,
      List<Integer> warnPercents,
      String by) {
    public Order {
      warnPercents = warnPercents.stream().distinct().sorted().toList();
    }
  }
}
