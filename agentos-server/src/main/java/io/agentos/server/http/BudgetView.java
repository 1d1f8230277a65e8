package io.agentos.server.http;

import io.agentos.runtime.budgets.Budget;
import io.agentos.runtime.budgets.Forecast;
import io.agentos.runtime.budgets.Period;
import io.agentos.runtime.budgets.Scope;
import io.agentos.runtime.budgets.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A budget as callers see it.
 *
 * @param window the present period, such as {@code 2026-11}; null for a budget without periods, as
 *     are its beginning and end and the forecasts
 * @param leftUsdMicros what can be reserved now
 */
record BudgetView(
    String id,
    String scope,
    @Nullable String target,
    String period,
    @Nullable String window,
    @Nullable Instant windowStart,
    @Nullable Instant windowEnd,
    long limitUsdMicros,
    long committedUsdMicros,
    long reservedUsdMicros,
    long overdraftUsdMicros,
    long leftUsdMicros,
    List<Integer> warnPercents,
    @Nullable Long forecastUsdMicros,
    @Nullable Long forecastWeekUsdMicros,
    long hourUsdMicros,
    @Nullable Long hourlyMeanUsdMicros,
    boolean spike,
    String changedBy,
    Instant changedAt) {
  static BudgetView of(Budget budget) {
    Window window = budget.window();
    boolean endless = window.period() == Period.NONE;
    Forecast forecast = budget.forecast();
    return new BudgetView(
        window.key().budget().toString(),
        window.scope().text(),
        window.scope() == Scope.TENANT ? null : window.target(),
        window.period().text(),
        endless ? null : window.period().label(window.key().start()),
        endless ? null : window.key().start(),
        budget.end(),
        window.limit(),
        window.committed(),
        window.reserved(),
        budget.overdraft(),
        window.left(),
        budget.warnPercents(),
        forecast == null ? null : forecast.linear(),
        forecast == null ? null : forecast.lastSevenDays(),
        budget.hour(),
        budget.hourlyMean(),
        budget.spike(),
        budget.changedBy(),
        budget.changedAt());
  }
}
